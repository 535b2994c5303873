import type { DocumentSource } from '../../shared/catalogue/types';
import type { Answer } from '../../shared/domain/consultation';
import { offerDetail } from '../../shared/reading';

const LONGEST_LABEL = 300;

/** « Acte · Procès-verbal : Augmentation du capital social »: deeds of one company are told apart in every list. */
export function documentLabel(answer: Answer, { label }: Pick<DocumentSource, 'label'>, pointer: string): string {
  return [label, offerDetail(answer, { pointer })].filter(Boolean).join(' · ').slice(0, LONGEST_LABEL);
}

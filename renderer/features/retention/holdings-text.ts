import type { DossierHoldings } from '../../../shared/domain/retention';

/** « 3 documents, 12 réponses, 1 document fourni » */
export function holdingsText({ documents, answers, suppliedFiles }: DossierHoldings): string {
  const parts = [
    counted(documents, 'document', 'documents'),
    counted(answers, 'réponse', 'réponses'),
    counted(suppliedFiles, 'document fourni', 'documents fournis'),
  ];
  return parts.join(', ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count > 1 ? many : one}`;
}

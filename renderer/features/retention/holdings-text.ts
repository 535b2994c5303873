import type { DossierHoldings } from '../../../shared/domain/retention';

/** « 3 documents, 12 réponses, 1 document fourni »: what there is, and nothing of what there is not. */
export function holdingsText({ documents, answers, suppliedFiles }: DossierHoldings): string {
  const parts = [
    counted(documents, 'document', 'documents'),
    counted(answers, 'réponse', 'réponses'),
    counted(suppliedFiles, 'document fourni', 'documents fournis'),
  ];
  return parts.flatMap((part) => part ?? []).join(', ') || 'aucune donnée';
}

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count > 1 ? many : one}`;
}

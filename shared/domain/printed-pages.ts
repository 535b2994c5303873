/** Pages of a document that an agent prints: from 1, both included, of all that it has. */
export interface PrintedPages {
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

export function arePages({ from, to, total }: PrintedPages): boolean {
  return from >= 1 && from <= to && to <= total;
}

/** « pages 3 à 7 sur 170 » */
export function printedPagesText({ from, to, total }: PrintedPages): string {
  if (total === 1) return 'sa seule page';
  if (from === 1 && to === total) return `toutes ses pages (${total})`;
  return from === to ? `page ${from} sur ${total}` : `pages ${from} à ${to} sur ${total}`;
}

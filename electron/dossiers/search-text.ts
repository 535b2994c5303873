import type { Dossier } from '../../shared/domain/dossier';

/** Text in which dossiers are searched: without case, accents nor the spaces inside identifiers. */
export function searchTextOf(dossier: Dossier): string {
  const companies = dossier.companies.flatMap(({ name, identifier, siret }) => [name, identifier, siret ?? '']);
  return fold([dossier.title, dossier.object, dossier.notes, ...dossier.tags, ...companies].join('\n'));
}

/** What is looked for: every word must be found; digits grouped by spaces are one number. */
export function searchWordsOf(text: string): string[] {
  return fold(text.replace(/(?<=\d)[\s\u00a0\u202f]+(?=\d)/g, ''))
    .split(/\s+/)
    .filter((word) => word !== '');
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}

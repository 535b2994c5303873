import { type HeadBreak, headBreakSentences } from './head-check';

/** Taking the witness away is how somebody would hide that the end was cut; a power cut in the very first minutes does it too. */
export const WITNESS_LOST =
  'Le témoin de l’historique (le fichier « .head » à côté de lui) a disparu ou ne peut plus être lu : rien ne dit plus, en dehors de l’historique, où il finissait. Si le courant n’a pas été coupé, prévenez l’auditeur.';

export function openingNotices(found: HeadBreak | null, trouble: string | null): readonly string[] {
  const broken = found ? [`${headBreakSentences[found.kind]} Prévenez l’auditeur : la vérification de l’historique dit ce qui manque.`] : [];
  return trouble === null ? broken : [...broken, trouble];
}

export function setAsideSentence(keptAt: string): string {
  return `Le fichier de l’historique était endommagé : il a été mis de côté sous ${keptAt}, et un nouvel historique commence. Prévenez l’auditeur et votre service informatique : une sauvegarde peut être restaurée.`;
}

import { isLuhnValid, parseSiret } from './identifiers';

/** What a link of another program may ask to be shown. */
export type DeepLink =
  | { readonly kind: 'siren'; readonly identifier: string }
  | { readonly kind: 'siret'; readonly identifier: string }
  | { readonly kind: 'dossier'; readonly dossierId: string };

/** The only forms, letter for letter; a browser may add the last slash. */
const GRAMMAR = /^instruire:\/\/(?:(siren)\/(\d{9})|(siret)\/(\d{14})|(dossier)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))\/?$/;
/** The longest link of the grammar, and nothing beyond it is even read. */
const LONGEST = 64;

/** Reads a link of another program; null for all that is not exactly one of the forms with a valid number. Pure and total. */
export function parseDeepLink(text: unknown): DeepLink | null {
  if (typeof text !== 'string' || text.length > LONGEST) return null;
  const [, , siren, , siret, , dossierId] = GRAMMAR.exec(text) ?? [];
  if (siren !== undefined) return isLuhnValid(siren) ? { kind: 'siren', identifier: siren } : null;
  if (siret !== undefined) return parseSiret(siret).ok ? { kind: 'siret', identifier: siret } : null;
  return dossierId === undefined ? null : { kind: 'dossier', dossierId };
}

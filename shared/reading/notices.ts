import { formatIdentifier } from '../domain/identifiers';
import type { JsonValue } from '../domain/json';
import { leavesOf, keysOf } from './pointer';

/** A sentence above a card: something that changes how its values may be read or reused. */
export interface Notice {
  readonly kind: 'redirect' | 'partial_diffusion' | 'no_commercial_use';
  readonly tone: 'info' | 'warning';
  readonly message: string;
}

/** What may not be done with the answer, and what may (INSEE, statut de diffusion partielle). */
export const PARTIAL_DIFFUSION =
  'Diffusion partielle : réservé à vos missions de service public. Le nom et l’adresse ne peuvent être ni rediffusés, ni publiés, ni servir à préremplir un formulaire. Restent réutilisables le SIREN, le SIRET, la commune, le pays, l’état administratif et les données économiques.';
/** On each card: the head of the sheet says the whole. */
export const PARTIAL_DIFFUSION_IN_SHORT = 'Diffusion partielle : nom et adresse à ne pas rediffuser.';
const NO_COMMERCIAL_USE = 'Cette entreprise s’oppose à l’utilisation de ses données à des fins de prospection.';

/** Worth of an answer: redirections (`meta.redirect_from_*`), diffusion status anywhere in it. */
export function noticesOf(answer: { readonly data: JsonValue; readonly meta: JsonValue }): Notice[] {
  const notices = redirectNotices(answer.meta);
  if (isPartiallyDiffused(answer.data)) notices.push({ kind: 'partial_diffusion', tone: 'warning', message: PARTIAL_DIFFUSION_IN_SHORT });
  else if (hasValue(answer.data, 'diffusable_commercialement', false)) {
    notices.push({ kind: 'no_commercial_use', tone: 'info', message: NO_COMMERCIAL_USE });
  }
  return notices;
}

/** True when any part of the answer is not said to be fully open (INSEE, `status_diffusion`; RNE, `diffusion_insee`): a status that is not known here opens nothing. */
export function isPartiallyDiffused(data: JsonValue): boolean {
  return (
    leavesOf(data).some(({ pointer, value }) => typeof value === 'string' && value !== '' && value !== 'diffusible' && keysOf(pointer).at(-1) === 'status_diffusion') ||
    hasValue(data, 'diffusion_insee', false)
  );
}

function hasValue(data: JsonValue, key: string, expected: JsonValue): boolean {
  return leavesOf(data).some((leaf) => leaf.value === expected && keysOf(leaf.pointer).at(-1) === key);
}

function redirectNotices(meta: JsonValue): Notice[] {
  return leavesOf(meta)
    .flatMap(({ pointer, value }) => (/^\/redirect_from_/.test(pointer) && typeof value === 'string' && value !== '' ? [value] : []))
    .map((asked) => ({
      kind: 'redirect',
      tone: 'warning',
      message: `L’identifiant demandé, ${formatIdentifier(asked)}, est un doublon : l’INSEE renvoie vers l’identifiant affiché ici, qui le remplace.`,
    }));
}

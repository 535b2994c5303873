import type { ApiErrorKind } from '../domain/api-error';
import type { DocumentOffer } from '../domain/consultation';
import type { JsonValue } from '../domain/json';
import { bodyRoot, isPrimitive, valueAt } from './pointer';
import type { EndpointReader, Outcome } from './reader';

const DELIVERED: Outcome = { word: 'Délivrée', tone: 'good', sentence: 'Le document est délivré : vous pouvez le télécharger.' };
const NO_DOCUMENT: Outcome = {
  word: 'Pas de document',
  tone: 'neutral',
  sentence: 'Le fournisseur a répondu sans document. Cette absence ne vaut pas non-conformité : demandez la pièce à la structure.',
};

/** What the answer means for the agent; null when it is plain data. */
export function outcomeOf(
  reader: EndpointReader,
  answer: { readonly data: JsonValue; readonly meta: JsonValue; readonly documents: readonly DocumentOffer[] },
): Outcome | null {
  const verdict = reader.verdict && verdictOf(reader.verdict, bodyRoot(answer));
  if (verdict) return verdict;
  if (!reader.attestation) return null;
  return answer.documents.length > 0 ? DELIVERED : NO_DOCUMENT;
}

function verdictOf(spec: NonNullable<EndpointReader['verdict']>, root: JsonValue): Outcome | null {
  const value = valueAt(root, spec.at);
  if (!isPrimitive(value) || value === null) return null;
  const key = String(value);
  if (Object.hasOwn(spec.outcomes, key)) return spec.outcomes[key] ?? null;
  // A value that appeared after this version: shown as it is, and not judged.
  return { word: key, tone: 'neutral', sentence: 'Le fournisseur emploie un statut que cette version ne connaît pas : il est affiché tel quel.' };
}

/** One word for a call that ended without data: only a 404 is « hors périmètre ». */
export const errorWords: Readonly<Record<ApiErrorKind, string>> = {
  outside_perimeter: 'Hors périmètre ou inconnu',
  unavailable_by_law: 'Non diffusable',
  gone: 'N’est plus disponible',
  refused: 'Accès refusé',
  token: 'Jeton refusé',
  justification: 'Justification refusée',
  parameter: 'Demande refusée',
  version: 'Version non servie',
  conflict: 'Appel déjà en cours',
  quota: 'Quota atteint',
  provider_down: 'Fournisseur en panne',
  service_down: 'Service en panne',
  probable_ban: 'Accès probablement bloqué',
  network: 'Réseau injoignable',
  timeout: 'Délai dépassé',
  unreadable: 'Réponse illisible',
  too_large: 'Réponse trop volumineuse',
  blocked: 'Appels suspendus',
  journal: 'Non tracé, donc non montré',
  cancelled: 'Annulé',
  unjustified: 'Non justifié par le cas d’usage',
  internal: 'Erreur inattendue',
};

import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import type { ContentProblem } from './content-check';

type DocumentFailure = ContentProblem | 'unknown_answer' | 'no_such_document' | 'link_dead' | 'unsafe_link' | 'disk';

const words: Readonly<Record<DocumentFailure, readonly [kind: ApiErrorKind, message: string, advice: string]>> = {
  empty: ['unreadable', 'Le document reçu est vide.', 'Réessayez dans quelques minutes.'],
  not_a_document: [
    'unreadable',
    'Le fichier reçu n’est pas un document lisible (PDF, image ou archive) : il n’a pas été conservé.',
    'Réessayez plus tard. Si cela revient, signalez-le avec la référence de l’appel.',
  ],
  truncated: [
    'unreadable',
    'Le document reçu est incomplet : sa fin manque. Il n’a pas été conservé.',
    'Relancez le téléchargement.',
  ],
  infected: [
    'unreadable',
    'Le fichier reçu contient une marque de programme malveillant : il n’a pas été conservé.',
    'Prévenez votre service informatique avec la référence de l’appel.',
  ],
  unknown_answer: [
    'gone',
    'La réponse qui proposait ce document n’est plus sur ce poste.',
    'Consultez à nouveau la donnée, puis téléchargez le document.',
  ],
  no_such_document: [
    'gone',
    'La réponse actuelle du service ne propose plus ce document.',
    'Consultez à nouveau la donnée : elle dira si le document existe encore.',
  ],
  link_dead: [
    'gone',
    'Le lien de ce document a expiré, et le nouveau lien ne répond pas non plus.',
    'Réessayez dans quelques minutes.',
  ],
  unsafe_link: [
    'unreadable',
    'L’adresse de ce document n’est pas sûre : il n’a pas été demandé.',
    'Signalez-le avec la référence de l’appel.',
  ],
  disk: [
    'internal',
    'Le document n’a pas pu être écrit sur ce poste.',
    'Libérez de l’espace sur le disque, puis relancez le téléchargement.',
  ],
};

export function documentFailure(name: DocumentFailure): ApiError {
  const [kind, message, advice] = words[name];
  return { kind, message, advice, status: null, code: null, provider: null, requestId: null, retry: { rule: 'by_hand' } };
}

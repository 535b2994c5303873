import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import { errorOf } from '../../shared/errors';
import type { ContentProblem } from './content-check';

/** Failures that only a document knows; what the service or the network says is worded by `shared/errors`. */
const failures = {
  empty: ['unreadable', 'Le document reçu est vide.', 'Réessayez dans quelques minutes.'],
  not_a_document: [
    'unreadable',
    'Le fichier reçu n’est pas un document lisible (PDF, image ou archive) : il n’a pas été conservé.',
    'Réessayez plus tard. Si cela revient, signalez-le avec la référence de l’appel.',
  ],
  truncated: ['unreadable', 'Le document reçu est incomplet : sa fin manque. Il n’a pas été conservé.', 'Relancez le téléchargement.'],
  infected: [
    'unreadable',
    'Le fichier reçu contient une marque de programme malveillant : il n’a pas été conservé.',
    'Prévenez votre service informatique avec la référence de l’appel.',
  ],
  launches_program: [
    'unreadable',
    'Le fichier reçu tente de lancer un programme à l’ouverture : il a été refusé et n’est pas conservé.',
    'Prévenez votre service informatique et l’organisme qui l’a émis, avec la référence de l’appel.',
  ],
  script_at_opening: [
    'unreadable',
    'Le fichier reçu exécute un script dès son ouverture : il a été refusé et n’est pas conservé.',
    'Demandez la pièce à l’organisme ou à la structure par une autre voie, et prévenez votre service informatique.',
  ],
  program_in_archive: [
    'unreadable',
    'L’archive reçue contient un programme : elle a été refusée et n’est pas conservée.',
    'Prévenez votre service informatique et l’organisme qui l’a émise, avec la référence de l’appel.',
  ],
  oversized_part: [
    'unreadable',
    'Le fichier reçu cache une quantité démesurée de données : il a été refusé et n’est pas conservé.',
    'Demandez la pièce à l’organisme par une autre voie, et prévenez votre service informatique avec la référence de l’appel.',
  ],
  leaves_its_folder: [
    'unreadable',
    'L’archive reçue écrirait hors du dossier où elle serait ouverte : elle a été refusée et n’est pas conservée.',
    'Prévenez votre service informatique et l’organisme qui l’a émise, avec la référence de l’appel.',
  ],
  dossier_gone: [
    'gone',
    'Le dossier a été supprimé pendant que ce document arrivait : rien n’en a été gardé.',
    'Si la suppression est une erreur, adressez-vous au responsable.',
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
    'Consultez à nouveau la donnée dans quelques minutes, puis téléchargez le document.',
  ],
  busy_host: [
    'provider_down',
    'L’hébergeur du document reçoit trop de demandes en ce moment.',
    'Relancez le téléchargement dans quelques minutes.',
  ],
  unsafe_link: ['unreadable', 'L’adresse de ce document n’est pas sûre : il n’a pas été demandé.', 'Signalez-le avec la référence de l’appel.'],
  key: [
    'internal',
    'La clé qui protège les documents de ce poste n’est pas disponible : le document n’a pas été demandé, il ne pourrait pas être rangé.',
    'L’avis en haut de la fenêtre dit comment rétablir la clé.',
  ],
  disk: [
    'internal',
    'Le document n’a pas pu être écrit sur ce poste.',
    'Libérez de l’espace sur le disque, puis relancez le téléchargement.',
  ],
  untraced: [
    'journal',
    'La trace du document n’a pas pu être écrite : il n’est pas conservé.',
    'Vérifiez l’espace libre du disque, puis relancez le téléchargement.',
  ],
} as const satisfies Record<string, readonly [kind: ApiErrorKind, message: string, advice: string]>;

type DocumentFailure = ContentProblem | keyof typeof failures;

export function documentFailure(name: DocumentFailure): ApiError {
  const [kind, message, advice] = failures[name];
  return errorOf(kind, { message, advice });
}

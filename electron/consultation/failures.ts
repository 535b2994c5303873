import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';

interface Words {
  readonly kind: ApiErrorKind;
  readonly message: string;
  readonly advice: string;
}

/** Failures that the pipeline decides by itself, before or after the service. */
const words = {
  unknown_dossier: {
    kind: 'refused',
    message: "Ce dossier n’existe plus sur ce poste.",
    advice: 'Revenez à la liste des dossiers et choisissez-en un autre.',
  },
  closed_dossier: {
    kind: 'refused',
    message: 'Ce dossier est clos : il ne permet plus de consulter une entreprise.',
    advice: 'Rouvrez le dossier, ou consultez depuis un dossier ouvert.',
  },
  unknown_endpoint: {
    kind: 'parameter',
    message: "Cette donnée ne figure pas au catalogue de l’application.",
    advice: "Choisissez une donnée proposée par la fiche de l’entreprise.",
  },
  unjustified: {
    kind: 'unjustified',
    message: "Le cas d’usage de ce dossier ne justifie pas cette donnée.",
    advice: "Si vous en avez besoin, indiquez par écrit pourquoi : le motif est conservé dans l’historique.",
  },
  justification: {
    kind: 'justification',
    message: "La justification de l’appel est incomplète.",
    advice: "Corrigez le contexte, le destinataire ou l’objet dans le dossier, puis recommencez.",
  },
  wrong_identifier: {
    kind: 'parameter',
    message: "Cette donnée ne se demande pas avec cette sorte d’identifiant.",
    advice: "Ouvrez la fiche de l’entreprise et choisissez le SIREN, ou l’établissement concerné.",
  },
  parameter: {
    kind: 'parameter',
    message: "Un paramètre de l’appel est incorrect.",
    advice: 'Corrigez-le, puis recommencez.',
  },
  journal_before: {
    kind: 'journal',
    message: "La trace de cet appel n’a pas pu être écrite dans l’historique : rien n’a été envoyé.",
    advice: "Vérifiez l’espace libre du disque, puis réessayez. Si le problème dure, prévenez votre responsable.",
  },
  journal_after: {
    kind: 'journal',
    message: "La réponse est arrivée, mais sa trace n’a pas pu être écrite dans l’historique : elle n’est pas affichée.",
    advice: "Vérifiez l’espace libre du disque, puis réessayez. Si le problème dure, prévenez votre responsable.",
  },
  cancelled: {
    kind: 'cancelled',
    message: 'Appel annulé.',
    advice: 'Relancez-le quand vous le souhaitez.',
  },
  internal: {
    kind: 'internal',
    message: "Une erreur inattendue de l’application a empêché cet appel.",
    advice: 'Réessayez ; si elle revient, signalez-la depuis « Diagnostic ».',
  },
} as const satisfies Record<string, Words>;

export type PipelineFailure = keyof typeof words;

export function failureOf(name: PipelineFailure): ApiError {
  return { ...words[name], status: null, code: null, provider: null, requestId: null, retry: { rule: 'by_hand' } };
}

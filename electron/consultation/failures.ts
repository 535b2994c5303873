import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import { errorOf } from '../../shared/errors';
import type { CallStop } from './ports';

/** Failures that the pipeline alone decides; what the service or the network says is worded by `shared/errors`. */
const failures = {
  unknown_dossier: [
    'refused',
    'Ce dossier n’existe plus sur ce poste.',
    'Revenez à la liste des dossiers et choisissez-en un autre.',
  ],
  closed_dossier: [
    'refused',
    'Ce dossier est clos : il ne permet plus de consulter une entreprise.',
    'Rouvrez le dossier, ou consultez depuis un dossier ouvert.',
  ],
  unknown_endpoint: [
    'parameter',
    'Cette donnée ne figure pas au catalogue de l’application.',
    'Choisissez une donnée proposée par la fiche de l’entreprise.',
  ],
  wrong_identifier: [
    'parameter',
    'Cette donnée ne se demande pas avec cette sorte d’identifiant.',
    'Ouvrez la fiche de l’entreprise et choisissez le SIREN, ou l’établissement concerné.',
  ],
  unsent_untraced: [
    'journal',
    'La trace de cet appel n’a pas pu être écrite dans l’historique : rien n’a été envoyé.',
    'Suivez l’avis affiché en haut de l’écran s’il parle de l’historique ; sinon, vérifiez l’espace libre du disque, puis réessayez. Si le problème dure, prévenez votre responsable.',
  ],
  hidden_untraced: [
    'journal',
    'La réponse est arrivée, mais sa trace n’a pas pu être écrite dans l’historique : elle n’est pas affichée.',
    'Vérifiez l’espace libre du disque, puis réessayez. Si le problème dure, prévenez votre responsable.',
  ],
} as const satisfies Record<string, readonly [kind: ApiErrorKind, message: string, advice: string]>;

/** @param why what is known of the reason, and what to do about it; said instead of the usual advice. */
export function pipelineFailure(name: keyof typeof failures, why?: string): ApiError {
  const [kind, message, advice] = failures[name];
  return errorOf(kind, { message, advice: why ?? advice });
}

/** A call that this workstation does not make for now; said as the notice on every screen says it. */
export function stoppedCall({ message, advice }: CallStop): ApiError {
  return errorOf('blocked', { message, advice });
}

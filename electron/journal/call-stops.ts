import type { CallStop, CallStopReason } from '../consultation/ports';
import { instantText } from '../files/instant-text';
import { lengthText } from '../files/length-text';

type Words = Pick<CallStop, 'message' | 'advice'>;

const NOTHING_LOST = 'les appels sont suspendus, rien de ce qui peut encore être lu n’est perdu';

/** Reasons that say everything by themselves. */
export const plainStops: Readonly<Record<Exclude<CallStopReason, 'altered' | 'clock'>, Words>> = {
  disk_full: { message: 'Le disque est plein : l’historique ne peut plus être écrit.', advice: 'Libérez de la place, puis réessayez.' },
  read_only: { message: 'Le dossier de l’historique est en lecture seule.', advice: 'Demandez à l’administrateur du poste d’y autoriser l’écriture.' },
  locked: { message: 'Un autre programme tient le fichier de l’historique.', advice: 'Fermez-le, puis réessayez.' },
  damaged: {
    message: `Le fichier de l’historique est endommagé : ${NOTHING_LOST}.`,
    advice: 'Prévenez votre responsable : il peut restaurer la dernière sauvegarde depuis l’historique.',
  },
  failing_disk: {
    message: `Le disque de ce poste ne lit ou n’écrit plus l’historique correctement : ${NOTHING_LOST}.`,
    advice: 'Prévenez votre service informatique avant de continuer ; le disque une fois remplacé, la dernière sauvegarde peut être restaurée.',
  },
  closed: { message: 'L’historique est fermé.', advice: 'Quittez l’application, puis relancez-la.' },
  unknown: { message: 'L’historique n’a pas pu être écrit.', advice: 'Réessayez ; si cela revient, prévenez l’administrateur du poste.' },
};

/** Why no call leaves, in the words of the notice, of the refusal and of the diagnostics alike. */
export function callStop(reason: keyof typeof plainStops): CallStop {
  return { reason, ...plainStops[reason] };
}

/** A row is not the one that was written, and nobody who answers for the journal has seen that for himself. */
export function alteredRowStop(seq: number): CallStop {
  return {
    reason: 'altered',
    seq,
    message: `L’historique a été modifié ou abîmé à la ligne ${seq} : les appels sont suspendus ; rien d’autre n’est perdu, et ce qui suit est toujours écrit.`,
    advice: 'Prévenez l’auditeur ou votre responsable : dès que l’un d’eux l’a constaté par « Vérifier », dans l’historique, à partir de cette ligne, les appels reprennent.',
  };
}

/** What a clock outside has said. `held_off`: whoever is probably kept away asks it nothing; `aheadMs`: by how much it is ahead of this one, negative when behind. */
export type ServedTime = { readonly kind: 'asked' } | { readonly kind: 'held_off' } | { readonly kind: 'unreachable'; readonly at: number } | { readonly kind: 'other'; readonly aheadMs: number };

/** Lengths that {@link lengthText} tells in seconds: whoever keeps or shows the sentence would do so anew each second. */
const TOLD_BY_THE_SECOND_MS = 120_000;

/** The clock stands before the date of a row, and nothing outside has confirmed it. */
export function clockStop(dueAt: number, now: number, served: ServedTime): CallStop {
  const behind = dueAt - now < TOLD_BY_THE_SECOND_MS ? 'moins de deux minutes' : lengthText((dueAt - now) / 1_000);
  const message = `L’horloge de ce poste est en retard de ${behind} sur la dernière date écrite dans l’historique (${instantText(dueAt)}) : les appels sont suspendus, rien n’est perdu.`;
  return { reason: 'clock', message, advice: clockAdvice(served, now), ...(served.kind === 'other' ? {} : { isBeingAsked: true }) };
}

function clockAdvice(served: ServedTime, now: number): string {
  if (served.kind === 'asked') return 'L’application demande l’heure au service : si c’est celle de ce poste, les appels reprennent d’eux-mêmes.';
  if (served.kind === 'held_off') {
    return 'Le service tient sans doute l’adresse de ce réseau à l’écart, pour douze heures au plus : d’ici là, l’heure ne lui est pas demandée. Vérifiez la date et l’heure de ce poste ; si elles sont justes, attendez : l’heure sera demandée ensuite, et les appels reprendront d’eux-mêmes.';
  }
  if (served.kind === 'unreachable') {
    return `Le service n’a pas pu être joint pour confirmer l’heure (dernier essai : ${instantText(served.at)}). Vérifiez la date et l’heure de ce poste, puis la connexion au réseau ; l’heure est redemandée chaque minute, et les appels reprennent d’eux-mêmes.`;
  }
  return `L’heure du service est ${instantText(now + served.aheadMs)}, celle de ce poste ${instantText(now)} : mettez ce poste à l’heure, ou demandez-le à votre service informatique. Les appels reprennent ensuite d’eux-mêmes.`;
}

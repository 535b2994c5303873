import { daysBeforeExpiry, noticeThreshold } from '../../../shared/domain/token-notice';
import type { Habilitation } from './habilitations-store';
import { dayText, stateNow } from './token-words';

export interface TokenNotice {
  /** Changes with the threshold, so that a notice already read comes back at the next one. */
  readonly id: string;
  readonly habilitationId: string;
  readonly tone: 'ink' | 'amber' | 'red';
  readonly message: string;
}

/** One notice for each habilitation whose token is near its end, or no longer serves. */
export function tokenNoticesOf(habilitations: readonly Habilitation[], isManager: boolean, nowMs: number): readonly TokenNotice[] {
  return habilitations.flatMap((habilitation) => noticeOf(habilitation, isManager, nowMs) ?? []);
}

function noticeOf({ id, title, token, hasStagedToken }: Habilitation, isManager: boolean, nowMs: number): TokenNotice | null {
  const state = stateNow(token, nowMs);
  // A token that waits takes over by itself: nobody has anything to do.
  if (state === 'active' || state === 'missing' || hasStagedToken === true) return null;
  const name = `« ${title} »`;
  if (state === 'expiring') {
    const threshold = noticeThreshold(token.expiresAt, nowMs);
    if (threshold === null) return null;
    const tone = threshold <= 7 ? 'red' : threshold <= 30 ? 'amber' : 'ink';
    const advice = isManager ? 'Faites-le prolonger par le demandeur de l’habilitation.' : 'Votre responsable doit le faire prolonger.';
    return { id: `${id}/${threshold}`, habilitationId: id, tone, message: `Le jeton de ${name} expire ${delayText(token.expiresAt, nowMs)}, le ${dayText(token.expiresAt)}. ${advice}` };
  }
  const end = { expired: 'a expiré', refused: 'est refusé par le service', revoked: 'est arrêté' }[state];
  const advice = isManager ? 'Collez-en un nouveau pour reprendre les consultations.' : 'Vos consultations reprendront quand votre responsable l’aura remplacé.';
  return { id: `${id}/${state}`, habilitationId: id, tone: 'red', message: `Le jeton de ${name} ${end}. ${advice}` };
}

function delayText(expiresAt: string | null, nowMs: number): string {
  const days = daysBeforeExpiry(expiresAt, nowMs) ?? 0;
  return days <= 1 ? 'dans moins d’un jour' : `dans ${days}\u00a0jours`;
}

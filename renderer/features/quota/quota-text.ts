import { quotaPools } from '../../../shared/catalogue/pools';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import type { QuotaSnapshot, QuotaWindow } from './use-quota';

export function poolLabel(pool: string): string {
  return quotaPools.find(({ id }) => id === pool)?.label ?? pool;
}

export function usageText({ used, remaining, limit }: Pick<QuotaWindow, 'used' | 'remaining' | 'limit'>): string {
  return `${used} utilisé${used > 1 ? 's' : ''} · ${remaining} restant${remaining > 1 ? 's' : ''} sur ${limit}`;
}

/** Share of the window that is spent or under way, between 0 and 1. */
export function shareOf({ used, inFlight, limit }: Pick<QuotaWindow, 'used' | 'inFlight' | 'limit'>): number {
  return limit === 0 ? 0 : Math.min(1, (used + inFlight) / limit);
}

/** The window that will make somebody wait first. */
export function fullestOf(windows: readonly QuotaWindow[]): QuotaWindow | undefined {
  return windows.reduce<QuotaWindow | undefined>((fullest, window) => (fullest === undefined || shareOf(window) > shareOf(fullest) ? window : fullest), undefined);
}

/** One line for the status bar: why nothing leaves, or where the fullest window stands. */
export function quotaSentence({ ban, breakers, windows }: QuotaSnapshot): string {
  if (ban) return `Appels suspendus jusqu’à ${new Date(ban.until).toLocaleTimeString('fr-FR', { timeStyle: 'short' })}`;
  const down = breakers.filter(({ state }) => state === 'open').length;
  const providers = down === 0 ? '' : ` · ${down} fournisseur${down > 1 ? 's' : ''} en panne`;
  const fullest = fullestOf(windows);
  if (fullest === undefined || shareOf(fullest) === 0) return `Aucun appel dans la minute${providers}`;
  const queued = windows.reduce((sum, window) => sum + window.queued, 0);
  const waiting = queued === 0 ? '' : ` · ${queued} en attente`;
  return `${poolLabel(fullest.pool)} : ${fullest.used + fullest.inFlight} sur ${fullest.limit} dans la minute${waiting}${providers}`;
}

type Plan = ChannelInput<'quota.estimate'>['plan'];

/** How many calls each pool would take. */
export function planOf(endpoints: readonly Pick<Endpoint, 'pool'>[]): Plan {
  return quotaPools
    .map(({ id }) => ({ pool: id, calls: endpoints.filter(({ pool }) => pool === id).length }))
    .filter(({ calls }) => calls > 0);
}

const SHORT_MS = 5_000;

export function costSentence(calls: number, estimate: ChannelOutput<'quota.estimate'> | null): string {
  const cost = `${calls} appel${calls > 1 ? 's' : ''} sur le quota de l’habilitation`;
  if (estimate === null) return `${cost}.`;
  return `${cost} : ${estimate.durationMs < SHORT_MS ? `le quota permet de ${calls > 1 ? 'les ' : 'l’'}envoyer tout de suite` : `il faudra attendre environ ${waitText(estimate.durationMs)}`}.`;
}

function waitText(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 90) return `${seconds}\u00a0secondes`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes}\u00a0minutes` : `${Math.ceil(minutes / 60)}\u00a0heures`;
}

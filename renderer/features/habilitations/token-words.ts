import type { TokenState, TokenSummary } from '../../../shared/domain/habilitation';
import { daysBeforeExpiry, noticeThreshold } from '../../../shared/domain/token-notice';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export const tokenStateLabels: Readonly<Record<TokenState, string>> = {
  active: 'Jeton valable',
  expiring: 'Expire bientôt',
  expired: 'Jeton expiré',
  refused: 'Jeton refusé',
  revoked: 'Jeton arrêté',
  missing: 'Sans jeton',
};

/** The state as it stands now: a token seen alive a minute ago may have ended since. */
export function stateNow({ state, expiresAt }: Pick<TokenSummary, 'state' | 'expiresAt'>, nowMs: number): TokenState {
  const isUsable = state === 'active' || state === 'expiring';
  return isUsable && expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : state;
}

export function tokenColor(state: TokenState, expiresAt: string | null, nowMs: number): 'teal' | 'amber' | 'red' | 'gray' {
  if (state === 'missing') return 'gray';
  if (state === 'active') return 'teal';
  if (state !== 'expiring') return 'red';
  const threshold = noticeThreshold(expiresAt, nowMs);
  return threshold !== null && threshold <= 14 ? 'red' : threshold !== null && threshold <= 60 ? 'amber' : 'teal';
}

/** What the state means and what to do about it, code by code (API Entreprise, errors 00101, 00103, 00105). */
export const tokenSentences: Readonly<Record<TokenState, string>> = {
  active: 'Le jeton sert aux consultations de cette procédure, et à aucune autre.',
  expiring: 'Le jeton sert encore. Seul le demandeur de l’habilitation peut le faire prolonger, depuis son espace API Entreprise : prévenez-le maintenant, puis collez ici le jeton prolongé.',
  expired: 'Aucun appel ne part plus avec ce jeton (code 00103). Le demandeur de l’habilitation le prolonge depuis son espace API Entreprise ; collez ensuite ici le jeton prolongé.',
  refused: 'Le service ne reconnaît pas ce jeton (code 00101) : le plus souvent, il a été copié en partie. Copiez-le à nouveau en entier et collez-le ici.',
  revoked: 'Ce jeton est révoqué (code 00105) ou arrêté ici parce que compromis : il ne servira plus. Récupérez le nouveau jeton de l’habilitation dans l’espace API Entreprise et collez-le ici.',
  missing: 'Aucune consultation n’est possible avant que le jeton de cette habilitation soit collé ici.',
};

/** Time left, in the unit that matters; null when the end is unknown. */
export function countdownText(expiresAt: string | null, nowMs: number): string | null {
  const days = daysBeforeExpiry(expiresAt, nowMs);
  if (expiresAt === null || days === null) return null;
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return 'Expiré';
  if (leftMs > DAY_MS) return `Encore ${days}\u00a0jours`;
  if (leftMs > HOUR_MS) return `Encore ${Math.floor(leftMs / HOUR_MS)}\u00a0h ${Math.floor((leftMs % HOUR_MS) / MINUTE_MS)}\u00a0min`;
  const seconds = `${Math.floor((leftMs % MINUTE_MS) / 1_000)}\u00a0s`;
  return leftMs > MINUTE_MS ? `Encore ${Math.floor(leftMs / MINUTE_MS)}\u00a0min ${seconds}` : `Encore ${seconds}`;
}

export function dayText(iso: string | null): string {
  return iso === null ? 'Inconnue' : new Date(iso).toLocaleDateString('fr-FR', { dateStyle: 'long' });
}

import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import { ConsultationError } from '../consultation/ports';

const hourAndMinute = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

/** « 14:05 », or « 3 mars à 14:05 » when it is not within the next twelve hours. */
function localTime(at: number, now: number): string {
  return (at - now < 12 * 3_600_000 ? hourAndMinute : dayAndTime).format(at);
}

export function tokenStopped(until: number, now: number): ConsultationError {
  return refusal('quota', {
    message: `Le service a refusé trois appels de suite avec ce jeton pour dépassement de quota : le jeton est en pause jusqu’à ${localTime(until, now)}.`,
    advice: 'Vérifiez si d’autres logiciels utilisent le même jeton au même moment ; les appels reprendront ensuite.',
    retryAt: until,
    now,
  });
}

export function banned(until: number, now: number): ConsultationError {
  return refusal('probable_ban', {
    message: `API Entreprise ne répond plus à cette adresse alors que le reste du réseau fonctionne : elle est probablement suspendue pour 12 heures, jusqu’à ${localTime(until, now)}.`,
    advice: 'Tous les appels sont arrêtés. L’application vérifie de temps en temps et reprendra d’elle-même ; inutile de réessayer.',
    retryAt: until,
    now,
  });
}

export function providerDown(provider: string, reason: string | null, until: number, now: number): ConsultationError {
  return refusal('provider_down', {
    message: `${reason ?? 'Ce fournisseur ne répond pas'} : l’appel n’a pas été envoyé, pour ménager le quota.`,
    advice: `Un nouvel essai sera possible à partir de ${localTime(until, now)}.`,
    retryAt: until,
    now,
    provider,
  });
}

export function cancelled(): ConsultationError {
  return new ConsultationError({
    ...blank('cancelled'),
    message: 'Appel annulé avant son envoi.',
    advice: 'Rien n’a été demandé au service.',
    retry: { rule: 'by_hand' },
  });
}

/** The application closes: the next start may ask again. */
export function closing(): ConsultationError {
  return new ConsultationError({
    ...blank('cancelled'),
    message: 'L’application se ferme : l’appel n’a pas été envoyé.',
    advice: 'Relancez-le à la prochaine ouverture ; rien n’a été demandé au service.',
    retry: { rule: 'by_hand' },
  });
}

interface Refusal {
  readonly message: string;
  readonly advice: string;
  readonly retryAt: number;
  readonly now: number;
  readonly provider?: string;
}

function refusal(kind: ApiErrorKind, { message, advice, retryAt, now, provider }: Refusal): ConsultationError {
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1_000));
  return new ConsultationError({ ...blank(kind), message, advice, provider: provider ?? null, retry: { rule: 'remind', seconds } });
}

function blank(kind: ApiErrorKind): Omit<ApiError, 'message' | 'advice' | 'retry'> {
  return { kind, status: null, code: null, provider: null, requestId: null };
}

import type { ApiError, ApiErrorKind, RetryRule } from '../../shared/domain/api-error';
import type { TransportProblem } from '../http';
import type { AnswerObservation } from './ports';

type Lessons = Pick<AnswerObservation, 'errorCode' | 'retryInSeconds'>;
type Words = readonly [kind: ApiErrorKind, message: string, advice: string, retry?: RetryRule];

const AFTER_PROVIDER: RetryRule = { rule: 'after', seconds: 10, times: 1 };
const LATER = 'Réessayez dans quelques minutes.';
const OUTSIDE = 'Vérifiez que l’entreprise relève bien de cette donnée. Une absence ne prouve pas un manquement.';

/** Meaning of a status when nothing more precise is known (API Entreprise docs, codes de réponse). */
const byStatus: Readonly<Record<number, Words>> = {
  400: ['parameter', 'Le service n’a pas compris cet appel.', 'Vérifiez les paramètres.'],
  401: ['token', 'Le service refuse le jeton de cette habilitation.', 'Prévenez votre responsable : le jeton est à remplacer.'],
  403: ['refused', 'L’habilitation n’ouvre pas cette donnée.', 'Demandez à votre responsable si elle peut être étendue.'],
  404: ['outside_perimeter', 'Entreprise inconnue ou hors périmètre de cette donnée.', OUTSIDE],
  409: ['conflict', 'Le même appel est déjà en cours ailleurs.', 'Attendez qu’il se termine.', { rule: 'after', seconds: 3, times: 5 }],
  410: ['gone', 'Cette donnée n’est plus servie à cette adresse.', 'Choisissez la version qui la remplace.'],
  422: ['parameter', 'Un paramètre de l’appel est refusé par le service.', 'Corrigez-le, puis recommencez.'],
  429: ['quota', 'Le quota d’appels est épuisé.', 'L’appel pourra repartir à la minute suivante.'],
  451: ['unavailable_by_law', 'La loi interdit de diffuser cette entité.', 'Demandez la pièce directement à l’entreprise.'],
  500: ['service_down', 'API Entreprise a rencontré une erreur.', LATER],
  502: ['provider_down', 'Le fournisseur de la donnée a répondu par une erreur.', LATER, AFTER_PROVIDER],
  503: ['provider_down', 'Le fournisseur de la donnée est indisponible.', LATER, AFTER_PROVIDER],
  504: ['provider_down', 'Le fournisseur de la donnée n’a pas répondu à temps.', LATER, AFTER_PROVIDER],
};

const SILENT: Words = ['timeout', 'La réponse n’est pas arrivée dans le délai prévu.', `${LATER} Le délai se règle dans les paramètres.`];
const NO_ROUTE = 'Vérifiez la connexion de ce poste et le serveur mandataire (proxy).';

const byTransport: Readonly<Record<TransportProblem, Words>> = {
  connect_timeout: ['network', 'Le service n’accepte pas la connexion.', NO_ROUTE],
  connect_refused: ['network', 'La connexion au service est refusée.', NO_ROUTE],
  dns: ['network', 'L’adresse du service est introuvable depuis ce poste.', NO_ROUTE],
  tls: ['network', 'La connexion sécurisée au service n’a pas pu être établie.', 'Prévenez votre service informatique : un certificat manque.'],
  silence: SILENT,
  cut: ['network', 'La connexion a été coupée avant la fin de la réponse.', 'Réessayez.', { rule: 'after', seconds: 10, times: 1 }],
  cancelled: ['cancelled', 'Appel annulé.', 'Relancez-le quand vous le souhaitez.'],
  too_large: ['too_large', 'La réponse dépasse la taille admise : elle n’a pas été lue.', 'Signalez-le avec la référence de l’appel.'],
  other: ['network', 'L’appel n’a pas abouti.', NO_ROUTE],
};

export function failureOfTransport(problem: TransportProblem): ApiError {
  return built(byTransport[problem], null);
}

/** The status decides; two codes change its meaning. */
export function failureOfStatus(status: number, { errorCode, retryInSeconds }: Lessons): ApiError {
  const known = byStatus[status] ?? byStatus[status >= 500 ? 500 : 400] ?? SILENT;
  const error = { ...built(known, errorCode), status };
  if (errorCode === '00402') return { ...error, kind: 'version', message: 'Cette version de la donnée n’existe pas.' };
  if (/^002(0[123]|1[01])$/.test(errorCode ?? '')) return { ...error, kind: 'justification', message: 'Le service refuse la justification de l’appel.' };
  if (error.retry.rule === 'after' && retryInSeconds !== null) return { ...error, retry: laterOf(error.retry, retryInSeconds) };
  return error;
}

const MAX_PATIENCE_S = 60;

function laterOf(rule: Extract<RetryRule, { rule: 'after' }>, seconds: number): RetryRule {
  return seconds > MAX_PATIENCE_S ? { rule: 'remind', seconds } : { ...rule, seconds };
}

function built([kind, message, advice, retry]: Words, code: string | null): ApiError {
  return { kind, message, advice, status: null, code, provider: null, requestId: null, retry: retry ?? { rule: 'by_hand' } };
}

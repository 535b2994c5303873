import { isJsonObject } from '../../shared/domain/json';
import type { CallStop } from '../consultation/ports';
import { instantText } from '../files/instant-text';
import { type HttpClient, type HttpResponse, parseJson } from '../http';
import { type Check, fault, type Finding, ok, skipped, transportFault, warning } from './finding';
import { clockFinding } from './network-checks';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;
const PING_PATH = '/v3/ping';
/** Gentle with the service, though pings are unlimited. */
const PINGS_AT_ONCE = 4;

export interface ServiceChecksDeps {
  readonly http: HttpClient;
  readonly baseUrl: () => string | null;
  /** Ping route of each provider's data, with its name; free of quota (API Entreprise docs, supervision). */
  readonly pingRoutes: readonly { readonly route: string; readonly name: string }[];
  /** End of a ban that is suspected, ISO 8601 UTC. */
  readonly bannedUntil: () => string | null;
  readonly now: () => number;
  /** Why calls wait for the clock, once the service's was asked; null: they do not. */
  readonly clockStop: () => Promise<CallStop | null>;
}

const NO_SERVICE = 'Le service de cet environnement n’a pas d’adresse pour le moment.';

/** Light questions, without a token and free of quota. */
export function serviceChecks(deps: ServiceChecksDeps): Record<'clock' | 'ping' | 'providers', Check> {
  const ask = (path: string, signal: AbortSignal): Promise<HttpResponse> => {
    const baseUrl = deps.baseUrl() ?? '';
    return deps.http.get({ url: new URL(baseUrl + path), timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal });
  };
  const onService = (check: Check, whileBanned: (until: string) => Finding): Check => async (signal) => {
    if (deps.baseUrl() === null) return skipped(NO_SERVICE);
    const bannedUntil = deps.bannedUntil();
    if (bannedUntil !== null) return whileBanned(bannedUntil);
    try {
      return await check(signal);
    } catch (error) {
      return transportFault(error);
    }
  };
  return {
    clock: unlessStopped(deps.clockStop, onService(async (signal) => clockFinding((await ask(PING_PATH, signal)).headers['date'] ?? null, deps.now()), leftAlone)),
    ping: onService(async (signal) => pingFinding(await ask(PING_PATH, signal)), ban),
    providers: onService((signal) => askProviders(deps, (path) => ask(path, signal), signal), leftAlone),
  };
}

/** What keeps every call from leaving goes before what is merely seen. */
function unlessStopped(stopOf: () => Promise<CallStop | null>, check: Check): Check {
  return async (signal) => {
    const stop = await stopOf();
    return stop ? fault(stop.message, stop.advice) : check(signal);
  };
}

function leftAlone(): Finding {
  return skipped('Non vérifié : tant que le service tient sans doute cette adresse à l’écart, rien ne lui est demandé.');
}

function ban(until: string): Finding {
  return fault(
    'Le service ne répond plus à l’adresse de ce réseau : elle est sans doute suspendue, pour douze heures au plus.',
    'Attendez ; l’application vérifie d’elle-même. Dites à votre service informatique : un poste ou une application du réseau dépasse les volumes permis par API Entreprise.',
    { 'Fin probable': instantText(new Date(until)) },
  );
}

function pingFinding({ status }: HttpResponse): Finding {
  const facts = { Statut: String(status) };
  if (status === 200) return ok('API Entreprise répond.', facts);
  if (status === 403 || status === 401) return fault('Une réponse de refus est arrivée là où aucun droit n’est demandé.', 'Dites à votre service informatique : un filtrage du réseau répond à la place d’API Entreprise.', facts);
  return fault('API Entreprise répond par une erreur.', 'Vérifiez son état sur status.entreprise.api.gouv.fr, puis réessayez plus tard.', facts);
}

async function askProviders({ pingRoutes }: ServiceChecksDeps, ask: (path: string) => Promise<HttpResponse>, signal: AbortSignal): Promise<Finding> {
  const states: { readonly name: string; readonly state: string }[] = [];
  const waiting = [...pingRoutes];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) states.push({ name: next.name, state: readState(await ask(next.route)) });
  };
  await Promise.all(Array.from({ length: PINGS_AT_ONCE }, worker));
  const facts = Object.fromEntries(states.sort((a, b) => a.name.localeCompare(b.name, 'fr')).map(({ name, state }) => [name, state]));
  const down = states.filter(({ state }) => state === DOWN);
  if (down.length === 0) return ok('Aucun fournisseur n’est signalé en panne.', facts);
  return warning(
    `${down.length === 1 ? 'Un fournisseur est' : `${down.length} fournisseurs sont`} en panne : ${down.map(({ name }) => name).join(', ')}.`,
    'Leurs données ne sont pas disponibles pour le moment ; les autres restent consultables. Réessayez plus tard.',
    facts,
  );
}

const DOWN = 'en panne';

/** The body tells; the status line only repeats it. */
function readState({ body }: HttpResponse): string {
  const parsed = parseJson(body);
  const status = isJsonObject(parsed) ? parsed['status'] : undefined;
  if (status === 'ok') return 'en service';
  return status === 'bad_gateway' ? DOWN : 'inconnu';
}

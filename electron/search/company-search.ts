import { setTimeout as sleep } from 'node:timers/promises';

import type { CompanySearchFilters, CompanySearchPage } from '../../shared/domain/company';
import { readTypedSearch } from '../../shared/domain/typed-search';
import { transportWords } from '../../shared/errors';
import { type HttpClient, type HttpResponse, parseJson, TransportError } from '../http';
import type { Clock } from '../storage/clock';
import { readResults } from './read-results';
import { type Delay, SpacedCalls } from './spaced-calls';

/** Why a search gave nothing, in words for the agent. */
export class SearchError extends Error {
  constructor(
    readonly reason: 'invalid' | 'busy' | 'unavailable' | 'cancelled',
    message: string,
  ) {
    super(message);
    this.name = 'SearchError';
  }
}

export interface CompanySearchDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Read at each search: the embedded service has its address only once it runs. */
  readonly baseUrl: () => string;
  readonly delay?: Delay;
}

export type SearchCompanies = (text: string, page: number, signal: AbortSignal, filters?: CompanySearchFilters) => Promise<CompanySearchPage>;

export const SEARCH_BASE_URL = 'https://recherche-entreprises.api.gouv.fr';

/** API Recherche d'entreprises docs: at most 7 calls a second and an address; we stay below. */
const SPACING_MS = 160;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 5 * 1024 * 1024;
const PAGE_SIZE = 20;
const BUSY_ATTEMPTS = 2;
const MAX_PATIENCE_MS = 10_000;

/** Open data: no token, no tracing parameter, nothing in the journal. */
export function createCompanySearch(given: CompanySearchDeps): SearchCompanies {
  const deps = { delay: defaultDelay, ...given };
  const calls = new SpacedCalls(deps.clock, deps.delay, SPACING_MS);

  return async (text, page, signal, filters = {}) => {
    const url = searchUrl(deps.baseUrl(), text, page, filters);
    for (let attempt = 1; ; attempt += 1) {
      const response = await ask(url, signal);
      if (response.status !== 429) return interpret(response, page);
      const pauseMs = retryAfterMs(response);
      calls.pause(pauseMs);
      if (attempt >= BUSY_ATTEMPTS || pauseMs > MAX_PATIENCE_MS) {
        throw new SearchError('busy', `La recherche d’entreprises est très sollicitée. Réessayez dans ${Math.ceil(pauseMs / 1_000)} s.`);
      }
    }
  };

  async function ask(url: URL, signal: AbortSignal): Promise<HttpResponse> {
    try {
      await calls.take(signal);
      return await deps.http.get({ url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal });
    } catch (error) {
      if (signal.aborted) throw new SearchError('cancelled', 'Recherche remplacée par une autre.');
      if (!(error instanceof TransportError)) throw error;
      throw new SearchError(
        'unavailable',
        unreachable(error),
      );
    }
  }
}

/** What lies between this machine and the service is told apart from the service's own silence. */
function unreachable({ failure, problem, certificate }: TransportError): string {
  const words = failure === 'tls' || failure === 'way_out' ? transportWords(problem, certificate) : null;
  if (words) return `La recherche d’entreprises est hors d’atteinte. ${words.message} ${words.advice}`;
  return 'La recherche d’entreprises ne répond pas. Vérifiez la connexion, ou saisissez directement le SIREN ou le SIRET.';
}

function searchUrl(baseUrl: string, text: string, page: number, filters: CompanySearchFilters): URL {
  const url = new URL('/search', baseUrl);
  const { query, isNumber } = queryOf(text);
  if (query !== '') url.searchParams.set('q', query);
  // The service ignores every bound beside a number: what is not sent is not believed to count.
  const bounds = isNumber ? {} : boundsOf(filters);
  for (const [name, value] of Object.entries(bounds)) if (value !== undefined) url.searchParams.set(name, value);
  url.searchParams.set('page', String(page));
  url.searchParams.set('per_page', String(PAGE_SIZE));
  url.searchParams.set('minimal', 'true');
  url.searchParams.set('include', 'siege,complements');
  return url;
}

/** The bounds, as API Recherche d'entreprises names them. */
function boundsOf(filters: CompanySearchFilters): Readonly<Record<string, string | undefined>> {
  const { postcode, department, activity, section, state, associationsOnly, soleTradersOnly, directorName, directorFirstName } = filters;
  return {
    code_postal: postcode,
    departement: department,
    activite_principale: activity,
    section_activite_principale: section,
    etat_administratif: state && (state === 'active' ? 'A' : 'C'),
    est_association: associationsOnly === true ? 'true' : undefined,
    est_entrepreneur_individuel: soleTradersOnly === true ? 'true' : undefined,
    nom_personne: directorName,
    prenoms_personne: directorFirstName,
    // Elected people are searched the same way: a company is looked for by those who run it.
    type_personne: directorName === undefined && directorFirstName === undefined ? undefined : 'dirigeant',
  };
}

/** A number, right or wrong, is checked here, so that a typing error is named rather than « not found ». */
function queryOf(text: string): { readonly query: string; readonly isNumber: boolean } {
  const typed = readTypedSearch(text);
  if (typed.kind !== 'identifier') return { query: text.trim(), isNumber: false };
  if (!typed.checked.ok) throw new SearchError('invalid', typed.checked.message);
  const { siret, identifier } = typed.checked.value;
  return { query: siret ?? identifier, isNumber: true };
}

function interpret(response: HttpResponse, page: number): CompanySearchPage {
  if (response.status === 400) {
    throw new SearchError('invalid', 'Cette recherche n’est pas comprise : saisissez au moins trois lettres du nom, ou un SIREN.');
  }
  const results = response.status === 200 ? readResults(parseJson(response.body), page) : undefined;
  if (results) return results;
  throw new SearchError('unavailable', 'La recherche d’entreprises est indisponible. Saisissez directement le SIREN ou le SIRET.');
}

const DEFAULT_PAUSE_MS = 1_000;

function retryAfterMs(response: HttpResponse): number {
  const seconds = Number.parseInt(response.headers['retry-after'] ?? '', 10);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_PAUSE_MS;
}

const defaultDelay: Delay = async (ms, signal) => {
  await sleep(ms, undefined, { signal });
};

import type { IdentifierKind } from '../domain/identifiers';
import type { Relevance, UseCase } from '../domain/use-case';
import type { DocumentSource, Endpoint } from './types';

/** Advised bounds on a whole call (API Entreprise docs, timeouts). */
const DATA_TIMEOUT_MS = 5_000;
const DOCUMENT_TIMEOUT_MS = 12_000;

type Derived = 'id' | 'provider' | 'providerLabel' | 'identifiers' | 'identifierParameter' | 'timeoutMs';
type Usual = 'pool' | 'answer' | 'parameters' | 'documents' | 'documentNote' | 'deprecated' | 'replacedBy' | 'maintenance' | 'pingRoute' | 'useCases';

/** What is particular to an endpoint; the rest is derived from it, or is what most of them share. */
export type EndpointDraft = Omit<Endpoint, Derived | Usual> & Partial<Pick<Endpoint, Usual>> & { readonly resource: string };

const usual: Pick<Endpoint, Usual> = {
  pool: 'data',
  answer: 'object',
  parameters: [],
  documents: [],
  documentNote: null,
  deprecated: false,
  replacedBy: [],
  maintenance: null,
  pingRoute: null,
  useCases: {},
};

export function endpointsOf(
  provider: { readonly id: string; readonly label: string },
  drafts: readonly EndpointDraft[],
): readonly Endpoint[] {
  return drafts.map(({ resource, ...draft }) => {
    const identifierParameter = identifierParameterOf(draft.path);
    return {
      ...usual,
      id: `${provider.id}.${resource}.v${draft.version}`,
      provider: provider.id,
      providerLabel: provider.label,
      identifierParameter,
      // The OpenAPI names the parameter after the kinds it takes: `siret_or_rna`.
      identifiers: identifierParameter.split('_or_').filter(Boolean) as IdentifierKind[],
      timeoutMs: draft.documents?.some(({ fetch }) => fetch !== 'page') ? DOCUMENT_TIMEOUT_MS : DATA_TIMEOUT_MS,
      ...draft,
    };
  });
}

/** Empty for a route that is about no company. */
function identifierParameterOf(path: string): string {
  return /\{(siren\w*|siret\w*)\}/.exec(path)?.[1] ?? '';
}

/** A file that one request gives, unless said otherwise. */
export function documentSource(source: Omit<DocumentSource, 'fetch'> & Partial<Pick<DocumentSource, 'fetch'>>): DocumentSource {
  return { fetch: 'direct', ...source };
}

/** Turns the tables of the documentation (purposes by relevance) into what screens ask (relevance by purpose). */
export function ratings(byRelevance: Readonly<Partial<Record<Relevance, readonly UseCase[]>>>): Endpoint['useCases'] {
  const pairs = Object.entries(byRelevance).flatMap(([relevance, useCases]) => useCases.map((useCase) => [useCase, relevance] as const));
  return Object.fromEntries(pairs) as Endpoint['useCases'];
}

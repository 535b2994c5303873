import type { DocumentSource, Endpoint } from '../../../shared/catalogue/types';
import type { ConsultationRequest, ConsultationState } from '../../../shared/domain/consultation';
import type { Dossier } from '../../../shared/domain/dossier';
import type { Siret } from '../../../shared/domain/identifiers';
import { createAnswerStore, createConsult, createLinkRegistry, answersSchema, type PipelineDeps } from '../../../electron/consultation';
import type { AnswerObservation, CallIntent, CallOutcome, CataloguePort, QuotaClaim, TransportFailure } from '../../../electron/consultation/ports';
import { createDispatcher, createHttpClient } from '../../../electron/http';
import { systemClock } from '../../../electron/storage/clock';
import { createDataCipher } from '../../../electron/storage/data-cipher';
import { singleKey } from '../../../electron/storage/data-key';
import { openDatabase, type FeatureSchema } from '../../../electron/storage/database';
import { Secret } from '../../../electron/storage/secret';

export const TOKEN = 'jeton-de-test';
export const SIREN = '100000009';
export const agent = { id: 'agent-1', displayName: 'Camille Martin' };

const documents: readonly DocumentSource[] = [
  {
    link: '/data/document_url',
    expiresIn: 'expires_in',
    date: 'date_emission',
    label: 'Attestation',
    fileLabel: 'attestation',
    fetch: 'direct',
  },
  { link: '/data/actes/*/url', label: 'Acte', fileLabel: 'acte', fetch: 'two_step' },
];

export const endpoint: Endpoint = {
  id: 'essai.attestation.v4',
  provider: 'essai',
  providerLabel: 'Fournisseur d’essai',
  version: 4,
  path: '/v4/essai/{siren}',
  identifiers: ['siren'],
  identifierParameter: 'siren',
  parameters: [],
  title: 'Attestation d’essai',
  opening: 'open',
  scopes: [],
  pool: 'documents',
  timeoutMs: 5_000,
  answer: 'object',
  documents,
  deprecated: false,
  replacedBy: [],
  documentNote: null,
  perimeter: '',
  maintenance: null,
  pingRoute: null,
  useCases: { marches_publics: 'utile', fraude: 'injustifie' },
};

export const catalogue: CataloguePort = {
  findEndpoint: (id) => (id === endpoint.id ? endpoint : undefined),
  callPath: (_endpoint, identifier) => `/v4/essai/${identifier}`,
  checkParameters: () => ({ ok: true, value: undefined }),
  acceptsIdentifier: (_endpoint, identifier) => /^\d{9}$/.test(identifier),
  relevanceOf: ({ useCases }, useCase) => useCases[useCase],
};

export const dossier: Dossier = {
  id: 'dossier-1',
  title: 'Marché de travaux',
  habilitationId: 'habilitation-1',
  useCase: 'marches_publics',
  procedure: 'marches_attribution',
  context: 'Marchés publics',
  recipient: '90000000100017' as Siret,
  object: 'MP-2026-014',
  notes: '',
  tags: [],
  deadline: null,
  state: 'open',
  companies: [{ identifier: SIREN, siret: null, isHeadOffice: false, name: 'Ébénisterie du Lac', role: 'candidat', addedAt: '2026-01-01T00:00:00Z' }],
  createdBy: 'agent-1',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

let made = 0;
export function wish(changes: Partial<ConsultationRequest> = {}): ConsultationRequest {
  made += 1;
  return { consultationId: `consultation-${made}`, dossierId: dossier.id, endpointId: endpoint.id, identifier: SIREN, parameters: {}, ...changes };
}

/** What the pipeline did, in order. */
export type Step =
  | { readonly did: 'intent'; readonly intent: CallIntent; readonly seq: number }
  | { readonly did: 'outcome'; readonly outcome: CallOutcome; readonly seq: number }
  | { readonly did: 'refusal'; readonly kind: string }
  | { readonly did: 'claim'; readonly claim: QuotaClaim }
  | { readonly did: 'settle'; readonly observation: AnswerObservation }
  | { readonly did: 'fail'; readonly failure: TransportFailure }
  | { readonly did: 'release' }
  | { readonly did: 'wait'; readonly ms: number }
  | { readonly did: 'token-refused'; readonly code: string | null; readonly tokenKey: string | undefined };

/** The pipeline over real HTTP and SQLite, with a journal and a quota that write down what they are asked. */
export function makePipeline(baseUrl: string, changes: Partial<PipelineDeps> = {}, schemas: readonly FeatureSchema[] = []) {
  const steps: Step[] = [];
  const database = openDatabase(':memory:', [answersSchema, ...schemas]).database;
  const cipher = createDataCipher(singleKey(Buffer.alloc(32, 7)));
  const answers = createAnswerStore(database, cipher);
  const links = createLinkRegistry(systemClock);
  let seq = 0;
  const deps: PipelineDeps = {
    catalogue,
    dossiers: { find: (id) => (id === dossier.id ? dossier : undefined) },
    authorisation: {
      authorise: () => ({
        ok: true,
        grant: { habilitationId: 'habilitation-1', environment: 'sandbox', baseUrl, tokenKey: 'cle', token: new Secret(TOKEN) },
      }),
      reportTokenRefused: (_id, code, tokenKey) => void steps.push({ did: 'token-refused', code, tokenKey }),
    },
    trace: {
      callStop: () => null,
      recordIntent: async (intent) => {
        seq += 1;
        steps.push({ did: 'intent', intent, seq });
        return { seq };
      },
      recordOutcome: async (ref, outcome) => void steps.push({ did: 'outcome', outcome, seq: ref.seq }),
      recordRefusal: async (_intent, error) => void steps.push({ did: 'refusal', kind: error.kind }),
    },
    quota: {
      acquire: async (claim) => {
        steps.push({ did: 'claim', claim });
        return {
          settle: (observation) => {
            steps.push({ did: 'settle', observation });
            return observation.status === 429 ? 'requeue' : 'deliver';
          },
          fail: (failure) => void steps.push({ did: 'fail', failure }),
          release: () => void steps.push({ did: 'release' }),
        };
      },
    },
    links,
    answers,
    http: createHttpClient({ dispatcher: createDispatcher(), userAgent: 'Instruire/test' }),
    clock: systemClock,
    useLongTimeouts: () => false,
    delay: async (ms) => void steps.push({ did: 'wait', ms }),
    ...changes,
  };
  return { deps, consult: createConsult(deps), steps, answers, links, database, cipher };
}

export function watcher(signal: AbortSignal = new AbortController().signal) {
  const states: ConsultationState[] = [];
  return { states, options: { signal, onState: (state: ConsultationState) => void states.push(state), priority: 'interactive' as const } };
}

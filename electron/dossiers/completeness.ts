import type { Endpoint } from '../../shared/catalogue/types';
import { isOpenedBy } from '../../shared/catalogue';
import type { Agent } from '../../shared/domain/agent';
import {
  callsNeeded,
  type CompanyRow,
  type CompletenessCounts,
  completenessGrid,
  countsOf,
  type GridInput,
  type NeededCall,
  type PieceList,
  type StalePiece,
  stalePieces,
  type SuppliedPiece,
} from '../../shared/domain/completeness';
import { parisDay } from '../../shared/domain/days';
import type { Dossier } from '../../shared/domain/dossier';
import type { Habilitation } from '../../shared/domain/habilitation';
import { DEFAULT_SOON_DAYS, type Known, type KnownAnswer, type KnownDocument, type KnownFailure, type Moment } from '../../shared/domain/validity';
import type { Clock } from '../storage/clock';
import type { PieceLists } from './piece-lists';
import type { PieceStore } from './piece-store';

/** What is kept about the companies of a dossier, as far as completeness needs it. */
export interface KnowledgePort {
  documents(dossierId: string): readonly (KnownDocument & { readonly identifier: string })[];
  /** The last answer of each call about this company. */
  answers(dossierId: string, identifier: string): readonly KnownAnswer[];
  /** The last try of each call that has not succeeded since. */
  failures(dossierId: string): readonly (KnownFailure & { readonly identifier: string })[];
}

/** What an agent may read and call under an habilitation. */
export interface ReachPort {
  find(id: string): Habilitation | undefined;
  readableEndpoints(agent: Agent, habilitationId: string): (endpointId: string) => boolean;
}

export interface CompletenessDeps {
  readonly pieces: PieceStore;
  readonly lists: PieceLists;
  readonly knowledge: KnowledgePort;
  readonly habilitations: ReachPort;
  readonly clock: Clock;
}

export interface Completeness {
  readonly list: PieceList | null;
  readonly rows: readonly CompanyRow[];
  readonly counts: CompletenessCounts;
  readonly calls: readonly NeededCall[];
  readonly stale: readonly StalePiece[];
  readonly supplied: readonly SuppliedPiece[];
}

export type CompletenessReader = (agent: Agent, dossier: Dossier) => Completeness;

/** When the pieces of a dossier are judged: today, its deadline, and the threshold of its procedure. */
export function createMomentOf({ lists, clock }: Pick<CompletenessDeps, 'lists' | 'clock'>): (dossier: Dossier) => Moment {
  return ({ procedure, deadline }) => ({
    today: parisDay(clock.now()),
    deadline,
    soonDays: procedure === null ? DEFAULT_SOON_DAYS : lists.inUse(procedure).list.soonDays,
  });
}

/** Measures a dossier against its list with what is kept, as far as this agent may read it. */
export function createCompleteness({ pieces, lists, knowledge, habilitations, clock }: CompletenessDeps): CompletenessReader {
  return (agent, dossier) => {
    const isReadable = habilitations.readableEndpoints(agent, dossier.habilitationId);
    const privileges = habilitations.find(dossier.habilitationId)?.token.privileges ?? null;
    // Without privileges nothing is known against a call.
    const canCall = (endpoint: Endpoint) => isReadable(endpoint.id) && (privileges === null || privileges.length === 0 || isOpenedBy(endpoint, privileges));
    const list = dossier.procedure === null ? null : lists.inUse(dossier.procedure).list;
    const supplied = pieces.suppliedOf(dossier.id);
    const knownOf = knownBy(knowledge, dossier, isReadable);
    const input: GridInput = { list, companies: dossier.companies, knownOf, supplied, canCall, moment: { today: parisDay(clock.now()), deadline: dossier.deadline } };
    const rows = completenessGrid(input);
    return { list, rows, counts: countsOf(list, rows), calls: callsNeeded(input), stale: stalePieces(list, rows), supplied };
  };
}

function knownBy(knowledge: KnowledgePort, dossier: Dossier, isReadable: (endpointId: string) => boolean): (identifier: string) => Known {
  const documents = knowledge.documents(dossier.id);
  const failures = knowledge.failures(dossier.id);
  const read = new Map<string, Known>();
  const knownOf = (identifier: string): Known => {
    const isAbout = (one: { readonly identifier: string; readonly endpointId: string }) =>
      (one.identifier === identifier || one.identifier.slice(0, 9) === identifier) && isReadable(one.endpointId);
    const answers = knowledge.answers(dossier.id, identifier).filter(({ endpointId }) => isReadable(endpointId));
    return { documents: documents.filter(isAbout), failures: failures.filter(isAbout), answers };
  };
  return (identifier) => {
    const known = read.get(identifier) ?? knownOf(identifier);
    read.set(identifier, known);
    return known;
  };
}

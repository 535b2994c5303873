import type { ApiError } from './api-error';
import type { Siren, Siret } from './identifiers';

/** What a line of a list is about; one identifier at least. */
export interface BatchLine {
  /** Line of the file, from 1, so that the agent finds it again. */
  readonly number: number;
  readonly siren: Siren | null;
  readonly siret: Siret | null;
  readonly rna: string | null;
  /** As the list names it; empty when it does not. */
  readonly name: string;
  /** Market or file number of this line; empty: the dossier's object goes with its calls. */
  readonly object: string;
  /** What was mended while reading (« zéro de tête rétabli »); null when nothing was. */
  readonly note: string | null;
}

/** A line that cannot be called: shown with its number and its reason, never run. */
export interface AsideLine {
  readonly number: number;
  /** As written, shortened. */
  readonly text: string;
  /** A French sentence. */
  readonly reason: string;
  /** As the list names the company, and its object: kept for when the agent finds its identifier. */
  readonly name: string;
  readonly object: string;
}

export const IMPORT_ROLES = ['siren', 'siret', 'rna', 'identifier', 'name', 'object', 'ignored'] as const;
/** What a column holds; `identifier`: SIREN, SIRET or RNA, told line by line. */
export type ImportRole = (typeof IMPORT_ROLES)[number];

export interface ImportColumn {
  readonly header: string;
  readonly role: ImportRole;
  /** First values, as written. */
  readonly samples: readonly string[];
}

/** A list read and kept aside by main until a batch is made of it; its lines never cross at once. */
export interface ImportPreview {
  readonly importId: string;
  readonly fileName: string;
  /** Sheets of a workbook, the one read first; empty for a text. */
  readonly sheets: readonly string[];
  readonly columns: readonly ImportColumn[];
  readonly lineCount: number;
  readonly asideCount: number;
  readonly duplicateCount: number;
  /** Identifiers whose leading zeros a spreadsheet had eaten. */
  readonly restoredZeros: number;
  readonly firstLines: readonly BatchLine[];
}

/** What a run fetches for each line. */
export interface BatchChoice {
  readonly endpointIds: readonly string[];
  /** Parameters beyond the identifier, by endpoint. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly withDocuments: boolean;
  /** Why endpoints that the purpose does not justify are asked for all the same. */
  readonly writtenReason: string | null;
}

/** Hours in which a run may call; Europe/Paris, both clock changes included. */
export interface OffPeakHours {
  /** HH:MM. */
  readonly from: string;
  readonly to: string;
  /** Saturdays and Sundays, the whole day. */
  readonly weekends: boolean;
}

export const DEFAULT_OFF_PEAK: OffPeakHours = { from: '19:00', to: '07:00', weekends: true };

export interface BatchRecurrence {
  /** Days from the start of a run to the start of the next. */
  readonly everyDays: number;
  /** Only what expires within so many days, or was never answered; null: everything. */
  readonly renewWithinDays: number | null;
}

export interface BatchSchedule {
  /** ISO 8601 UTC; null: as soon as the hours allow. */
  readonly startAt: string | null;
  /** Null: at any hour. */
  readonly hours: OffPeakHours | null;
  readonly recurrence: BatchRecurrence | null;
}

export const BATCH_STATES = ['planned', 'running', 'paused', 'done', 'cancelled'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const PAUSE_REASONS = ['agent', 'signed_out', 'hours', 'network', 'ban', 'token', 'proxy', 'refused', 'journal', 'blocked', 'clock', 'stopped'] as const;
/** `agent`: asked for. `blocked`: this workstation makes no call, `clock`: until the service confirms its clock. `proxy`: its account. Only `agent`, `token`, `proxy`, `refused` and `journal` wait for somebody; the others end by themselves. */
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const ITEM_STATES = ['waiting', 'running', 'answered', 'absent', 'failed', 'refused', 'unknown', 'cancelled'] as const;
/**
 * `absent`: the provider answered that it has nothing (404, 410, 451). `unknown`: a stop left the call's outcome
 * unknown; it is repeated once, and stays so when the repetition ends the same way.
 */
export type ItemState = (typeof ITEM_STATES)[number];

export const itemStateLabels: Readonly<Record<ItemState, string>> = {
  waiting: 'En attente',
  running: 'En cours',
  answered: 'Obtenu',
  absent: 'Sans donnée',
  failed: 'En échec',
  refused: 'Refusé',
  unknown: 'Issue inconnue',
  cancelled: 'Annulé',
};

export const batchStateLabels: Readonly<Record<BatchState, string>> = {
  planned: 'Programmé',
  running: 'En cours',
  paused: 'En pause',
  done: 'Terminé',
  cancelled: 'Annulé',
};

export type BatchCounts = Readonly<Record<ItemState, number>> & { readonly total: number };

/** Share of the quota that a run takes, in percent. */
export const BATCH_SPEEDS = [10, 25, 50, 100] as const;
export type BatchSpeed = (typeof BATCH_SPEEDS)[number];

/** One run over one list. */
export interface Batch {
  readonly id: string;
  readonly title: string;
  readonly dossierId: string;
  readonly listId: string;
  /** The run before, over the same list. */
  readonly previousId: string | null;
  readonly lineCount: number;
  readonly asideCount: number;
  readonly choice: BatchChoice;
  readonly schedule: BatchSchedule;
  readonly speed: BatchSpeed;
  readonly state: BatchState;
  readonly pauseReason: PauseReason | null;
  /** A French sentence: why it waits and what ends the wait; null when nothing does. */
  readonly pauseMessage: string | null;
  /** ISO 8601 UTC; when it goes on by itself, if that is known. */
  readonly resumesAt: string | null;
  readonly counts: BatchCounts;
  /** Whose rights and name go with every call. */
  readonly agentId: string;
  readonly agentName: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Start of the next run, when it recurs. */
  readonly nextRunAt: string | null;
}

/** One call of a run: an endpoint, an identifier, an object. Lines that need the very same call share it. */
export interface BatchItem {
  readonly id: number;
  /** First line that needs it. */
  readonly lineNumber: number;
  readonly endpointId: string;
  readonly identifier: string;
  readonly object: string;
  readonly state: ItemState;
  /** Names the kept answer once answered. */
  readonly consultationId: string | null;
  readonly documentCount: number;
  /** Documents offered that could not be fetched. */
  readonly missingDocuments: number;
  readonly error: Pick<ApiError, 'kind' | 'message' | 'advice' | 'status' | 'code'> | null;
  /** A French sentence on what happened to this call beyond its state (a repetition and why). */
  readonly note: string | null;
  readonly settledAt: string | null;
}

/** A row of the grid: the line, and one cell an endpoint (null: the line lacks the identifier that it takes). */
export interface BatchGridRow {
  readonly line: BatchLine;
  readonly cells: readonly (BatchItem | null)[];
}

/** What a run would cost; nothing is called to know it. */
export interface BatchPlan {
  readonly calls: number;
  /** Downloads apart: how many documents there are is known with the answers. */
  readonly pools: readonly { readonly pool: string; readonly label: string; readonly calls: number; readonly limitPerMinute: number }[];
  /** Lines that some chosen endpoint cannot be asked about, by endpoint. */
  readonly unsuited: readonly { readonly endpointId: string; readonly lines: number }[];
  /** ISO 8601 UTC. */
  readonly startsAt: string;
  /** With the hours and the maintenances in it; when nobody else draws on the token. */
  readonly endsAt: string;
  /** Time spent calling, from the quota engine. */
  readonly durationMs: number;
  /** French sentences: a reason to write, a maintenance to wait for, an endpoint out of reach. */
  readonly warnings: readonly string[];
  /** Endpoints left out, with why; the rest can run. */
  readonly excluded: readonly { readonly endpointId: string; readonly reason: string }[];
}

/** Calls of a running batch that cannot leave now, and until when. */
export interface BatchWait {
  /** Name of the provider as agents know it. */
  readonly provider: string;
  /** `maintenance`: announced, every night; `rest`: the provider does not answer, and is asked again then; `quota`: the token may not call. */
  readonly reason: 'maintenance' | 'rest' | 'quota';
  /** ISO 8601 UTC. */
  readonly until: string;
}

/** Where a run stands beyond what is kept of it. */
export interface BatchOutlook {
  /** With the hours and the maintenances in it; null when it is not known (paused for want of somebody). */
  readonly timeLeftMs: number | null;
  readonly waits: readonly BatchWait[];
}

export interface BatchProgress extends BatchOutlook {
  readonly batchId: string;
  readonly state: BatchState;
  readonly pauseReason: PauseReason | null;
  readonly pauseMessage: string | null;
  readonly counts: BatchCounts;
}

/** Nothing more will happen to the call by itself. */
export function isSettled(state: ItemState): boolean {
  return state !== 'waiting' && state !== 'running';
}

/** What « relancer les échecs » takes up again. */
export const RETRYABLE_STATES: readonly ItemState[] = ['failed', 'refused', 'unknown'];

export function doneCount(counts: BatchCounts): number {
  return counts.total - counts.waiting - counts.running;
}

import type { CallingAgent } from '../consultation/ports';
import type { PurgeSummary } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { KEY_SEPARATOR } from './announcements';
import type { JournalEventInput } from './event-parts';
import { linesText } from './filter-words';
import { emptyRows, keysUpTo, previewPurge } from './retention';

export interface PurgeAdvance {
  readonly done: number;
  readonly total: number;
}

export interface PurgeOrder {
  /** Who asks; nobody when it is its time. */
  readonly agent?: CallingAgent;
  /** The application closes: what is announced goes on at the next start. */
  readonly signal?: AbortSignal;
}

interface PurgeDeps {
  readonly database: Database;
  /** Says it in the chain, on disk once it resolves. */
  readonly announce: (event: JournalEventInput) => Promise<unknown>;
  /** Told before each step, and once it is over with `done` at `total`. */
  readonly onProgress: (advance: PurgeAdvance) => void;
  readonly isClosed: () => boolean;
}

/**
 * The end of retention, one at a time: whoever asks meanwhile is given the one that runs. It is announced in the chain, with
 * whoever asked for it, then rows are emptied step by step while the journal goes on. Nobody cancels it once it is announced:
 * its rows are out of every list by then, and what is past its term must not stay on the disk unseen.
 */
export class Purge {
  #running: Promise<PurgeSummary> | null = null;
  #progress: PurgeAdvance | null = null;

  constructor(private readonly deps: PurgeDeps) {}

  /** How far the one that runs is; null while none empties rows. */
  get progress(): PurgeAdvance | null {
    return this.#progress;
  }

  run(now: number, months: number, order: PurgeOrder): Promise<PurgeSummary> {
    this.#running ??= this.#purge(now, months, order).finally(() => this.#end());
    return this.#running;
  }

  async #purge(now: number, months: number, { agent, signal }: PurgeOrder): Promise<PurgeSummary> {
    const { database, announce, isClosed } = this.deps;
    const preview = await previewPurge(database, now, months);
    if (preview.lineCount === 0) return preview;
    await announce(purgedEvent(preview, await keysUpTo(database, preview.throughSeq), agent));
    const isOver = () => isClosed() || signal?.aborted === true;
    await emptyRows(database, preview.throughSeq, { onProgress: (done, total) => this.#tell({ done, total }), isOver });
    return preview;
  }

  #tell(advance: PurgeAdvance): void {
    this.#progress = advance;
    this.deps.onProgress(advance);
  }

  #end(): void {
    const last = this.#progress;
    this.#running = null;
    this.#progress = null;
    if (last) this.deps.onProgress({ done: last.total, total: last.total });
  }
}

function purgedEvent(preview: PurgeSummary, keys: ReadonlySet<string>, agent: CallingAgent | undefined): JournalEventInput {
  const detail = `Fin de conservation (${preview.months} mois) : ${linesText(preview.lineCount)} vidée${preview.lineCount > 1 ? 's' : ''}, jusqu’à la ligne ${preview.throughSeq.toLocaleString('fr-FR')}.`;
  return { event: 'journal.purged', agent, detail, data: { ...preview, publicKeys: [...keys].join(KEY_SEPARATOR) } };
}

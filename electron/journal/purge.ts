import type { CallingAgent } from '../consultation/ports';
import type { PurgeSummary } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { KEY_SEPARATOR } from './announcements';
import type { JournalEventInput } from './event-parts';
import { linesText } from './filter-words';
import { emptyLog, emptyRows, keysUpTo, previewPurge } from './retention';

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
 * The end of retention, one at a time: whoever asks meanwhile is given the one that runs, and the chain names whoever asked for
 * it first, or nobody when it was its time. It is announced in the chain, then rows are emptied step by step while the journal goes on. Nobody cancels it once it is announced:
 * its rows are out of every list by then, and what is past its term must not stay on the disk unseen.
 */
export class Purge {
  #running: Promise<PurgeSummary> | null = null;
  #progress: PurgeAdvance | null = null;
  /** A reader kept the log from being emptied: the next purge tries again, and the close does. */
  #isLogLeft = false;

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
    const isOver = () => isClosed() || signal?.aborted === true;
    if (preview.lineCount === 0) {
      if (this.#isLogLeft) await this.#emptyLog(isOver);
      return preview;
    }
    await announce(purgedEvent(preview, await keysUpTo(database, preview.throughSeq), agent));
    await emptyRows(database, preview.throughSeq, { onProgress: (done, total) => this.#tell({ done, total }), isOver });
    await this.#emptyLog(isOver);
    return preview;
  }

  async #emptyLog(isOver: () => boolean): Promise<void> {
    this.#isLogLeft = !(await emptyLog(this.deps.database, isOver));
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

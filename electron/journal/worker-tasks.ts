import type { Database } from '../storage/database';
import { backUpTo } from './backup';
import { exportJournal } from './export/index';
import { checkFile } from './file-check';
import { knownOf } from './known';
import type { JournalReader } from './reader';
import { openJournalReader } from './reader';
import { copyForRestore } from './restore-copy';
import { searchRequests } from './search';
import { statistics } from './statistics';
import { verifyJournal } from './verify';
import { rowsOf, type Walk, walkHere } from './walk';
import { threadsFor, walkInThreads } from './walk-threads';
import type { TaskName, WorkerAnswer, WorkerRequest, WorkerTasks } from './worker-protocol';

interface TaskControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

type Tasks = {
  readonly [N in TaskName]: (reader: JournalReader, input: WorkerTasks[N]['input'], control: TaskControl) => WorkerTasks[N]['output'] | Promise<WorkerTasks[N]['output']>;
};

/** Where the journal is, and the script of this thread. */
interface Place {
  readonly path: string;
  readonly bundlePath: string;
}

const tasksAt = (place: Place): Tasks => ({
  search: (reader, input) => reader.search(input),
  known: ({ index }) => knownOf(index),
  searchRequests: ({ database, index }, input) => searchRequests(database, index, input),
  statistics: ({ database, index }, input) => statistics(database, index, input),
  backUp: ({ database }, { path }) => backUpTo(database, path),
  export: ({ database, index }, { request, ...target }, control) => exportJournal(database, index, target, request, control),
  verify: ({ database }, input, control) => verifyJournal(database, { ...input, ...control, walk: walkOn(database, place) }),
  checkFile: ({ database }, _input, { signal }) => checkFile(database, walkOn(database, place), signal),
  copyForRestore: ({ database }, input, control) => copyForRestore(database, input, control, (copy, path) => walkOn(copy, { ...place, path })),
});

/** Long journals by several threads, so that this one goes on answering searches; short ones here. */
function walkOn(database: Database, { path, bundlePath }: Place): Walk {
  return (stretch, control) => {
    const threadCount = threadsFor(rowsOf(stretch));
    return threadCount < 2 ? walkHere(database, stretch, control) : walkInThreads({ bundlePath, journalPath: path, threadCount })(stretch, control);
  };
}

const WARM_UP_ROWS = 20_000;

export interface JournalTasks {
  handle(request: Exclude<WorkerRequest, { readonly type: 'close' }>): void;
  /** Cancels what runs, waits for it to end and closes the journal. */
  close(): Promise<void>;
}

/** Answers requests on the journal; `post` carries the answers away. */
export function serveJournal(place: Place, post: (answer: WorkerAnswer) => void): JournalTasks {
  const reader = openJournalReader(place.path);
  const tasks = tasksAt(place);
  const running = new Map<number, { readonly controller: AbortController; readonly ended: Promise<void> }>();
  let closing = false;
  const warmUp = () => {
    try {
      if (!closing && !reader.index.refresh(WARM_UP_ROWS)) setImmediate(warmUp);
    } catch {
      // A damaged file: whoever asks is told, and what can still be asked goes on.
    }
  };
  setImmediate(warmUp);
  return {
    handle(request) {
      if (request.type === 'cancel') {
        running.get(request.id)?.controller.abort();
        return;
      }
      const controller = new AbortController();
      const ended = runTask(tasks, reader, request, controller.signal, post).finally(() => running.delete(request.id));
      running.set(request.id, { controller, ended });
    },
    async close() {
      closing = true;
      for (const { controller } of running.values()) controller.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
      reader.close();
    },
  };
}

async function runTask(
  tasks: Tasks,
  reader: JournalReader,
  request: Extract<WorkerRequest, { type: 'run' }>,
  signal: AbortSignal,
  post: (answer: WorkerAnswer) => void,
): Promise<void> {
  const { id } = request;
  const run = tasks[request.task] as (reader: JournalReader, input: unknown, control: TaskControl) => unknown;
  try {
    const value = await run(reader, request.input, { signal, onProgress: (done, total) => post({ type: 'progress', id, done, total }) });
    post({ type: 'result', id, value });
  } catch (error) {
    post({ type: 'failure', id, cancelled: signal.aborted, message: error instanceof Error ? error.message : String(error) });
  }
}

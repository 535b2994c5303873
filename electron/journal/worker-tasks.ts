import { backUpTo } from './backup';
import { exportJournal } from './export/index';
import type { JournalReader } from './reader';
import { openJournalReader } from './reader';
import { statistics } from './statistics';
import { verifyJournal } from './verify';
import type { TaskName, WorkerAnswer, WorkerRequest, WorkerTasks } from './worker-protocol';

interface TaskControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

type Tasks = {
  readonly [N in TaskName]: (reader: JournalReader, input: WorkerTasks[N]['input'], control: TaskControl) => WorkerTasks[N]['output'] | Promise<WorkerTasks[N]['output']>;
};

const tasks: Tasks = {
  search: (reader, input) => reader.search(input),
  statistics: ({ database, index }, input) => statistics(database, index, input),
  verify: ({ database }, input, control) => verifyJournal(database, { ...input, ...control }),
  backUp: ({ database }, { path }) => backUpTo(database, path),
  export: ({ database, index }, { path, format, request }, control) => exportJournal(database, index, { path, format }, request, control),
};

const WARM_UP_ROWS = 20_000;

/** Answers requests on the journal at `path`; `post` carries the answers away. */
export function serveJournal(path: string, post: (answer: WorkerAnswer) => void): (request: WorkerRequest) => void {
  const reader = openJournalReader(path);
  const running = new Map<number, AbortController>();
  const warmUp = () => {
    if (!reader.index.refresh(WARM_UP_ROWS)) setImmediate(warmUp);
  };
  setImmediate(warmUp);
  return (request) => {
    if (request.type === 'cancel') {
      running.get(request.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    void runTask(reader, request, controller.signal, post).finally(() => running.delete(request.id));
  };
}

async function runTask(
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

import { parentPort, workerData } from 'node:worker_threads';

import { startSandbox, tokenKeyOf } from '../../../electron/sandbox';
import { type Order, type Ready, type Report, type Setting, type WindowReport } from './service';

/** The service and the colleague live here, away from the event loop that is measured. */
const { windowMs, pools } = workerData as Setting;
const COLLEAGUE_SHARE = 1 / 3;
const COLLEAGUE_STEP_MS = 10;

const sandbox = await startSandbox({ windowMs, refusalsBeforeBan: Infinity, ipLimit: 100_000 });
const token = sandbox.tokens.complete;
const tokenKey = tokenKeyOf(token);
const taken: { at: number; pool: string }[] = [];
let colleague: NodeJS.Timeout | undefined;

const port = parentPort;
if (!port) throw new Error('this file is the script of a worker thread');
port.on('message', (order: Order) => {
  if (order === 'start colleague') colleague = startColleague();
  if (order === 'report') {
    clearInterval(colleague);
    port.postMessage({ windows: pools.flatMap(({ pool, limit, path }) => replay(pool, limit, path)) } satisfies Report);
  }
});
port.postMessage({ apiUrl: sandbox.apiUrl, token } satisfies Ready);

/** A third of each window: half of it as the window opens, the rest a little at a time over the window's first half. */
function startColleague(): NodeJS.Timeout {
  const sent = new Map<string, number>();
  return setInterval(() => {
    const at = Date.now();
    const share = 0.5 + 0.5 * Math.min(1, (at % windowMs) / (windowMs / 2));
    for (const { pool, limit } of pools) {
      const key = `${pool} ${Math.floor(at / windowMs)}`;
      const due = Math.floor(limit * COLLEAGUE_SHARE * share);
      for (let unit = sent.get(key) ?? 0; unit < due; unit += 1) {
        sandbox.control.consume({ tokenKey, pool, units: 1 });
        taken.push({ at, pool });
      }
      sent.set(key, Math.max(due, sent.get(key) ?? 0));
    }
  }, COLLEAGUE_STEP_MS);
}

/** What the colleague really got of each window, before it was spent, and what we were refused. */
function replay(pool: string, limit: number, path: string): WindowReport[] {
  const ours = sandbox.requestLog().filter((request) => request.path.startsWith(path));
  const events = [
    ...taken.filter((unit) => unit.pool === pool).map(({ at }) => ({ at, isOurs: false, refused: false })),
    ...ours.map(({ at, status }) => ({ at, isOurs: true, refused: status === 429 })),
  ].sort((one, other) => one.at - other.at);
  const windows = new Map<number, { used: number; colleague: number; refused: number }>();
  for (const { at, isOurs, refused } of events) {
    const index = Math.floor(at / windowMs);
    const window = windows.get(index) ?? { used: 0, colleague: 0, refused: 0 };
    windows.set(index, window);
    window.used += 1;
    if (!isOurs && window.used <= limit) window.colleague += 1;
    if (refused) window.refused += 1;
  }
  return [...windows].map(([index, { colleague: takenByColleague, refused }]) => ({ pool, index, takenByColleague, refused }));
}

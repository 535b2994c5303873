import { setImmediate as nextTurn } from 'node:timers/promises';

/** What the first answers are made with, in parts of some milliseconds, the deepest first. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('../shared/ipc/define'),
  () => import('../shared/ipc/start'),
  () => import('../shared/ipc/settings'),
  () => import('./storage/database'),
  () => import('./storage/policy'),
  () => import('./storage/settings-electron'),
  () => import('./host-electron'),
];

/** Reads while the window's own process comes up: what the window asks for passes in between. */
export async function readFirstParts(): Promise<void> {
  for (const read of PARTS) {
    await nextTurn();
    await read();
  }
  await nextTurn();
}

import { open } from 'node:fs/promises';

/** Flushes of a folder that have not begun: whoever renames meanwhile shares the next one. */
const nextFlush = new Map<string, Promise<void>>();
const lastFlush = new Map<string, Promise<void>>();

/** Makes a rename durable; Windows has no such call and does not need it. Errors are the file system's own. */
export function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve();
  const waiting = nextFlush.get(folder);
  if (waiting) return waiting;
  const flush = (lastFlush.get(folder) ?? Promise.resolve()).catch(() => undefined).then(() => {
    nextFlush.delete(folder);
    const running = flushFolder(folder);
    lastFlush.set(folder, running);
    return running;
  });
  nextFlush.set(folder, flush);
  return flush;
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Calls of this address in one aligned window, whatever the token; several sessions of one machine share it. */
export interface SharedIpWindow {
  /**
   * Takes up to `wanted` units of the window.
   * @param windowIndex number of the aligned window since the epoch, on the server's clock.
   * @returns units obtained, 0 when the window is spent.
   */
  take(environment: string, windowIndex: number, wanted: number): number;
}

/** For a machine where the application runs once. */
export function ownIpWindow(limit: number): SharedIpWindow {
  const windows = new Map<string, IpUse>();
  return {
    take: (environment, windowIndex, wanted) => {
      const [granted, use] = draw(windows.get(environment), windowIndex, wanted, limit);
      windows.set(environment, use);
      return granted;
    },
  };
}

interface IpUse {
  readonly windowIndex: number;
  readonly used: number;
}

const LOCK_STALE_MS = 2_000;
const LOCK_ATTEMPTS = 200;

/** Kept in a small file of a machine-wide folder, under a lock file created exclusively. */
export function fileIpWindow(folder: string, limit: number, now: () => number): SharedIpWindow {
  mkdirSync(folder, { recursive: true });
  return {
    take: (environment, windowIndex, wanted) => {
      const path = join(folder, `ip-${environment}.json`);
      // Without the lock nothing is granted: the caller asks again a moment later.
      if (!lock(`${path}.lock`, now)) return 0;
      try {
        const [granted, use] = draw(readUse(path), windowIndex, wanted, limit);
        writeFileSync(`${path}.new`, JSON.stringify(use), { mode: 0o666 });
        renameSync(`${path}.new`, path);
        return granted;
      } finally {
        rmSync(`${path}.lock`, { force: true });
      }
    },
  };
}

/** An older window than the one on file is another session's slower clock: it shares the newer one. */
function draw(use: IpUse | undefined, windowIndex: number, wanted: number, limit: number): [number, IpUse] {
  const current = use && use.windowIndex >= windowIndex && use.windowIndex <= windowIndex + 1 ? use : { windowIndex, used: 0 };
  const granted = Math.max(0, Math.min(wanted, limit - current.used));
  return [granted, { ...current, used: current.used + granted }];
}

function readUse(path: string): IpUse | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<IpUse>;
    if (!Number.isSafeInteger(value.windowIndex) || !Number.isSafeInteger(value.used)) return undefined;
    return { windowIndex: Number(value.windowIndex), used: Math.max(0, Number(value.used)) };
  } catch {
    return undefined;
  }
}

function lock(path: string, now: () => number): boolean {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt += 1) {
    try {
      const descriptor = openSync(path, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return true;
    } catch {
      removeIfStale(path, now);
    }
  }
  return false;
}

/** A session that was killed leaves its lock behind. */
function removeIfStale(path: string, now: () => number): void {
  try {
    if (now() - statSync(path).mtimeMs > LOCK_STALE_MS) rmSync(path, { force: true });
  } catch {
    // Released in between.
  }
}

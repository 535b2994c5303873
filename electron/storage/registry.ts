import { spawnSync } from 'node:child_process';
import { win32 } from 'node:path';

import { windowsFolder } from './paths';

const POLICY_KEY = 'HKLM\\SOFTWARE\\Policies\\Instruire';

const TIMEOUT_MS = 5_000;
/** `reg` says so of a key that does not exist. */
const ABSENT = 1;

/**
 * The organisation's key and all below it, as `reg query` prints it; null when the key does not exist.
 * Only an administrator writes to this key. @throws when `reg` cannot be run.
 */
export function queryRegistry(): string | null {
  const windows = windowsFolder(process.env['SystemRoot']);
  const system = win32.join(windows, 'System32');
  // Windows' own programs and no other: neither the folder of the start nor a PATH of the user's is searched.
  const place = { cwd: system, env: { SystemRoot: windows, PATH: system, PATHEXT: '.COM;.EXE' } };
  // `reg` writes in the console's code page: UTF-8 is asked for first.
  const run = spawnSync(win32.join(system, 'cmd.exe'), ['/d', '/c', `chcp 65001>nul & reg query ${POLICY_KEY} /s /reg:64`], { ...place, encoding: 'utf8', windowsHide: true, timeout: TIMEOUT_MS });
  if (run.error) throw run.error;
  if (run.status === 0) return run.stdout;
  if (run.status === ABSENT) return null;
  throw new Error('the registry could not be read');
}

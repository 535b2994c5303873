import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { app } from 'electron';

import { compose } from './compose';
import { createReport, EXIT, headlessProgram } from './headless';
import { markRun, unmarkRun } from './headless/run-mark';
import { electronHost } from './host-electron';
import type { Logger } from './log';
import { startFailureSentence } from './start-failure';

/** `instruire --lot …`: the same composition, no window; ends the process with its exit code. */
export async function runWithoutWindow(log: Logger, isAlone: boolean): Promise<void> {
  const output = { write: (line: string) => void process.stdout.write(line), isTerminal: process.stdout.isTTY };
  const report = createReport(output);
  if (!isAlone) {
    report.ended(EXIT.cannotStart, 'Instruire est déjà ouvert sur ce poste : fermez-le, ou lancez le lot depuis sa fenêtre.', null);
    return app.exit(EXIT.cannotStart);
  }
  const userDataPath = app.getPath('userData');
  markRun(userDataPath);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  // Electron turns some of these signals into a wish to quit: the run pauses first.
  app.on('before-quit', (event) => {
    event.preventDefault();
    stop.abort();
  });
  await app.whenReady();
  const code = await headlessProgram({
    argv: process.argv.slice(1),
    open: (dialogs) => compose({ ...electronHost(log), ...dialogs, notify: () => undefined, notifyUser: () => undefined }),
    explain: startFailureSentence,
    readSecret,
    report,
    signal: stop.signal,
    now: () => new Date(),
  });
  unmarkRun(userDataPath);
  app.exit(code);
}

/** A file that others can read is no secret. */
async function readSecret(from: string): Promise<string> {
  if (from === '-') return text(process.stdin);
  const { mode } = await stat(from);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new Error('readable by others');
  return readFile(from, 'utf8');
}

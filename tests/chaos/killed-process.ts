import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');

/** Makes one file of a program of this folder, so that it starts at once. Returns its path. */
export async function bundleProgram(name: string): Promise<string> {
  const file = join(root, '.cache', `${name}-${process.pid}.mjs`);
  const bundle = await rolldown({ input: join(root, `tests/chaos/${name}.ts`), platform: 'node', external: ['@photostructure/sqlite', 'rolldown', 'pdfkit', 'qrcode', 'yazl', /^pdfjs-dist/], logLevel: 'silent' });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}

/** Lets a program live a random while once it has said « open », then kills it. Returns the lines that it said whole. */
export async function runAndKill(script: string, folder: string, longestLifeMs: number, ...more: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, folder, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const opened = new Promise<void>((resolveOpened, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.startsWith('open')) resolveOpened();
    });
    child.once('exit', (code) => reject(new Error(`the program stopped by itself (${code})`)));
  });
  const closed = new Promise((resolveClosed) => child.once('close', resolveClosed));
  await opened;
  await delay(longestLifeMs > 0 ? randomInt(longestLifeMs) : 0);
  child.kill('SIGKILL');
  await closed;
  // The last line may have been cut by the kill.
  return output.split('\n').slice(1, -1);
}

/** Lets a program go to its end. Returns its exit code. */
export function runToEnd(script: string, folder: string, ...more: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [script, folder, ...more], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolveClosed) => child.once('close', resolveClosed));
}

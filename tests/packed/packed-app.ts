import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const releaseFolder = resolve(import.meta.dirname, '../../release');
export const packedFolder = join(releaseFolder, 'linux-unpacked');
const executable = join(packedFolder, 'instruire');

export interface PackedRun {
  readonly code: number | null;
  readonly output: string;
}

export interface PackedApp {
  readonly process: ChildProcess;
  readonly userData: string;
  /** Everything it has written to the terminal so far. */
  readonly output: () => string;
  readonly ended: Promise<PackedRun>;
  /** Ends it with its children, and removes its data. */
  readonly remove: () => Promise<void>;
}

export interface PackedOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the packed application, such as the one of an installed package. */
  readonly executable?: string;
  /** False: data go where the application itself keeps them. */
  readonly ownData?: boolean;
}

/** Starts the packed application as a user does, with data of its own; nothing drives it from inside. */
export function startPacked(options: PackedOptions = {}): PackedApp {
  const userData = mkdtempSync(join(tmpdir(), 'instruire-packed-'));
  // Chromium does not sandbox itself for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const ownData = options.ownData === false ? [] : [`--user-data-dir=${userData}`];
  const args = [...asRoot, ...ownData, '--password-store=gnome-libsecret', ...(options.args ?? [])];
  const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
  const child = spawn(options.executable ?? executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<PackedRun>((done) => child.once('close', (code) => done({ code, output })));
  return {
    process: child,
    userData,
    output: () => output,
    ended,
    remove: async () => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

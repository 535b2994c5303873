import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { rolldown } from 'rolldown';

import type { Host } from '../../electron/host';
import { createLogger } from '../../electron/log';
import type { SandboxOptions } from '../../electron/sandbox';
import type { SandboxReady } from '../../electron/sandbox/worker';
import { type Clock, systemClock } from '../../electron/storage/clock';
import type { SecretCipher } from '../../electron/storage/secret-cipher';
import type { SettingsContent } from '../../electron/storage/settings';
import type { EventName, EventPayload } from '../../shared/ipc';
import { keychainOf } from './keychain';

const root = resolve(import.meta.dirname, '../..');

export interface Notified<E extends EventName = EventName> {
  readonly event: E;
  readonly payload: EventPayload<E>;
}

export interface TestHostOptions {
  /** An earlier run's folder, to start again on its data. */
  readonly folder?: string;
  readonly clock?: Clock;
  /** What the system, or a PAC file, answers; direct by default. */
  readonly resolveProxy?: Host['resolveProxy'];
  /** A service that runs elsewhere and outlives the workstation; the embedded one is then not started. */
  readonly service?: SandboxReady;
  /** What the embedded service does in this run. */
  readonly sandbox?: Omit<SandboxOptions, 'clock'>;
}

type SandboxAccess = Parameters<Host['onSandboxReady']>[0];

/** The system around the composition, in plain Node: nothing of Electron, nothing of the machine's own data. */
export interface TestHost {
  readonly host: Host;
  readonly folder: string;
  readonly logLines: readonly string[];
  readonly notified: readonly Notified[];
  /** What the task bar was told, what the system was asked to say, whether the machine was to stay awake. */
  readonly progress: readonly (number | null)[];
  readonly notices: readonly { readonly title: string; readonly body: string }[];
  readonly awake: readonly boolean[];
  /** Answers the next « open » dialogs; null closes them. */
  openFrom(path: string | null): void;
  /** Answers the next « save as » dialogs; null closes them. */
  saveAt(path: string | null): void;
  /** How often the application was asked to start again. */
  restarts(): number;
  readonly openedPaths: readonly string[];
  readonly draggedPaths: readonly string[];
  readonly openedAddresses: readonly string[];
  /** Addresses of the embedded sandbox, and its control's secret, once it runs. */
  sandboxAccess(): SandboxAccess;
  remove(): void;
}

export function createTestHost(options: TestHostOptions = {}): TestHost {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'instruire-host-'));
  const logLines: string[] = [];
  const notified: Notified[] = [];
  const openedPaths: string[] = [];
  const draggedPaths: string[] = [];
  const openedAddresses: string[] = [];
  const progress: (number | null)[] = [];
  const notices: Parameters<Host['notifyUser']>[0][] = [];
  const awake: boolean[] = [];
  let savePath: string | null = null;
  let openPath: string | null = null;
  let restarts = 0;
  let sandbox: SandboxAccess | undefined;
  const sandboxScript = options.service ? writeServiceScript(folder, options.service) : writeSandboxScript(folder, options.sandbox ?? {});
  const clock = options.clock ?? systemClock;
  const host: Host = {
    userDataPath: existingFolder(join(folder, 'data')),
    temporaryPath: existingFolder(join(folder, 'tmp')),
    machinePath: existingFolder(join(folder, 'machine')),
    policyPath: join(folder, 'policy.json'),
    resolveProxy: options.resolveProxy ?? (() => Promise.resolve('DIRECT')),
    workstation: 'POSTE-ESSAI',
    appVersion: '0.0.0',
    electronVersion: null,
    clock,
    log: createLogger({ write: (line) => void logLines.push(line), recent: (lineCount) => Promise.resolve(logLines.slice(-lineCount)) }),
    ciphers: [testKeychain(folder)],
    settingsFile: memorySettings(),
    workerPath: (name) => (name === 'sandbox-worker' ? sandboxScript : workerBundle(name)),
    onSandboxReady: (ready) => {
      sandbox = ready;
    },
    notify: (event, payload) => void notified.push({ event, payload }),
    askSavePath: () => Promise.resolve(savePath),
    askOpenPath: () => Promise.resolve(openPath),
    showProgress: (fraction) => void progress.push(fraction),
    notifyUser: (notice) => void notices.push(notice),
    keepAwake: (isWanted) => void awake.push(isWanted),
    restart: () => void (restarts += 1),
    openPath: (path) => {
      openedPaths.push(path);
      return Promise.resolve();
    },
    startDrag: (path) => void draggedPaths.push(path),
    print: () => Promise.resolve(true),
    ...(options.sandbox?.windowMs === undefined ? {} : { quotaWindowMs: options.sandbox.windowMs }),
    printToPdf: () => Promise.resolve(Buffer.from('%PDF-1.7 sheet')),
    takeLink: () => null,
    openExternal: (url) => {
      openedAddresses.push(url);
      return Promise.resolve();
    },
  };
  return {
    ...{ host, folder, logLines, notified, openedPaths, draggedPaths, openedAddresses, progress, notices, awake },
    openFrom: (path) => {
      openPath = path;
    },
    saveAt: (path) => {
      savePath = path;
    },
    restarts: () => restarts,
    sandboxAccess: () => {
      if (!sandbox) throw new Error('the sandbox does not run');
      return sandbox;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The keychain's key is beside the data. */
function testKeychain(folder: string): SecretCipher {
  const path = join(folder, 'keychain');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32));
  return keychainOf(readFileSync(path));
}

function memorySettings(): Host['settingsFile'] {
  let content: SettingsContent | undefined;
  return {
    read: () => content,
    write: (next) => {
      content = next;
    },
  };
}

function existingFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

const bundleFolder = join(root, '.cache', `test-workers-${process.pid}`);
const bundles = {
  'journal-worker': 'electron/journal/worker.ts',
  'pdf-text-worker': 'electron/genuineness/pdf-text-worker.ts',
  sandbox: 'electron/sandbox/index.ts',
} as const;

/** Built script of a worker, once {@link bundleWorkers} has run. */
export function workerBundle(name: keyof typeof bundles): string {
  return join(bundleFolder, `${name}.mjs`);
}

/** Worker threads run JavaScript: bundles them once for this process. Call it before any test, and {@link removeWorkers} after. */
export async function bundleWorkers(): Promise<void> {
  for (const [name, input] of Object.entries(bundles)) {
    const bundle = await rolldown({
      input: join(root, input),
      platform: 'node',
      external: ['@photostructure/sqlite', 'pdfkit', 'qrcode', 'yazl', /^pdfjs-dist/],
      logLevel: 'silent',
    });
    await bundle.write({ file: workerBundle(name as keyof typeof bundles), format: 'esm', codeSplitting: false });
    await bundle.close();
  }
}

export function removeWorkers(): void {
  rmSync(bundleFolder, { recursive: true, force: true });
}

function writeServiceScript(folder: string, service: SandboxReady): string {
  const path = join(folder, 'sandbox-worker.mjs');
  writeFileSync(path, `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${JSON.stringify(service)}); parentPort.on('message', () => undefined);`);
  return path;
}

/** The product's own worker, with what this run asks of the embedded service. */
function writeSandboxScript(folder: string, options: Omit<SandboxOptions, 'clock'>): string {
  const path = join(folder, 'sandbox-worker.mjs');
  writeFileSync(
    path,
    `import { parentPort } from 'node:worker_threads';
    import { startSandbox } from ${JSON.stringify(pathToFileURL(workerBundle('sandbox')).href)};
    const { apiUrl, searchUrl, controlUrl, controlSecret, tokens } = await startSandbox(${JSON.stringify(options)});
    parentPort.postMessage({ apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete });`,
  );
  return path;
}

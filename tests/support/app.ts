import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const projectRoot = resolve(process.cwd());

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly userData: string;
  /** Commands the embedded service: faults, expired links, spent windows. */
  readonly sandbox: (command: string, input?: unknown) => Promise<unknown>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly appFolder?: string;
  /** `basic`: as on a machine without a keychain. */
  readonly passwordStore?: 'gnome-libsecret' | 'basic';
}

interface RuntimeModule {
  findElectron(): Promise<{ executable: string; kind: string }>;
}
interface SwitchesModule {
  electronSwitches(): string[];
}

/** How the built app is started, with user data of its own. */
export async function electronCommand(options: LaunchOptions & { readonly userData: string }) {
  const { findElectron } = (await import(join(projectRoot, 'scripts/runtime/electron.mjs'))) as RuntimeModule;
  const { electronSwitches } = (await import(join(projectRoot, 'scripts/runtime/switches.mjs'))) as SwitchesModule;
  const { executable } = await findElectron();
  const { userData, passwordStore = 'gnome-libsecret', appFolder = projectRoot } = options;
  return {
    executable,
    args: [...electronSwitches(), `--password-store=${passwordStore}`, `--user-data-dir=${userData}`, appFolder, ...(options.args ?? [])],
    env: {
      ...(process.env as Record<string, string>),
      TZ: 'Europe/Paris',
      INSTRUIRE_SANDBOX_CONTROL_FILE: controlFileOf(userData),
      ...options.env,
    },
  };
}

function controlFileOf(userData: string): string {
  return join(userData, 'sandbox-control.json');
}

/** Starts the built app in a real window and waits until it can be used. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'instruire-test-'));
  const { executable, args, env } = await electronCommand({ ...options, userData });
  const controlFile = controlFileOf(userData);
  const app = await _electron.launch({ executablePath: executable, args, env, timeout: 30_000 });
  const window = await app.firstWindow();
  return { app, window, userData, sandbox: (command, input) => askSandbox(controlFile, command, input), close: () => closeApp(app) };
}

/** `command` is a method and a path of the control server, e.g. `POST /links/expire`. */
async function askSandbox(controlFile: string, command: string, input: unknown): Promise<unknown> {
  const { controlUrl, controlSecret } = JSON.parse(readFileSync(controlFile, 'utf8')) as { controlUrl: string; controlSecret: string };
  const [method = 'POST', path = '/'] = command.split(' ');
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    headers: { 'x-sandbox-control': controlSecret, 'content-type': 'application/json' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
  if (!response.ok) throw new Error(`the sandbox refused ${command}: ${response.status}`);
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** @throws when the application says that it could not start. */
export async function waitUntilReady(window: Page): Promise<void> {
  await window.waitForSelector('html[data-app-state="ready"]', { state: 'attached' });
  const problem = window.getByRole('alert').filter({ hasText: 'n’a pas pu démarrer' });
  if (await problem.isVisible()) throw new Error(await problem.innerText());
}

const QUIT_TIMEOUT_MS = 20_000;

/** Asks the app to quit, which it must do by itself: everything is sealed and closed on the way. */
async function closeApp(app: ElectronApplication): Promise<void> {
  let killed = false;
  const killer = setTimeout(() => {
    killed = true;
    app.process().kill('SIGKILL');
  }, QUIT_TIMEOUT_MS);
  await app.close().catch(() => undefined);
  clearTimeout(killer);
  if (killed) throw new Error('the application did not quit by itself');
}

/** Ends the application and removes its data. */
export async function discardApp(running: RunningApp): Promise<void> {
  await running.close();
  removeUserData(running.userData);
}

export function removeUserData(userData: string): void {
  rmSync(userData, { recursive: true, force: true });
}

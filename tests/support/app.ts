import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const projectRoot = resolve(process.cwd());

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly userData: string;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly appFolder?: string;
}

interface RuntimeModule {
  findElectron(): Promise<{ executable: string; kind: string }>;
}
interface SwitchesModule {
  electronSwitches(): string[];
}

/** Starts the built app in a real window, with user data of its own, and waits until it can be used. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'instruire-test-'));
  const { findElectron } = (await import(join(projectRoot, 'scripts/runtime/electron.mjs'))) as RuntimeModule;
  const { electronSwitches } = (await import(join(projectRoot, 'scripts/runtime/switches.mjs'))) as SwitchesModule;
  const { executable } = await findElectron();
  const app = await _electron.launch({
    executablePath: executable,
    args: [
      ...electronSwitches(),
      '--password-store=gnome-libsecret',
      `--user-data-dir=${userData}`,
      options.appFolder ?? projectRoot,
      ...(options.args ?? []),
    ],
    env: { ...(process.env as Record<string, string>), TZ: 'Europe/Paris', ...options.env },
    timeout: 30_000,
  });
  const window = await app.firstWindow();
  return { app, window, userData, close: () => closeApp(app) };
}

export async function waitUntilReady(window: Page): Promise<void> {
  await window.waitForSelector('html[data-app-state="ready"]', { state: 'attached' });
}

/** Asks the app to quit, and kills it when it does not within five seconds. */
async function closeApp(app: ElectronApplication): Promise<void> {
  const killer = setTimeout(() => app.process().kill('SIGKILL'), 5_000);
  await app.close().catch(() => undefined);
  clearTimeout(killer);
}

export function removeUserData(userData: string): void {
  rmSync(userData, { recursive: true, force: true });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { app, BrowserWindow, dialog, powerMonitor, shell } from 'electron';

import { type Composition, compose } from './compose';
import type { Host } from './host';
import { desktop } from './desktop-electron';
import { notify, registerIpc } from './ipc';
import { createLogger, type LogSink } from './log';
import { startDragOut } from './drag-electron';
import { printOnPaper, printWindow } from './print-electron';
import { startFailureSentence } from './start-failure';
import { systemClock } from './storage/clock';
import { chooseCiphers } from './storage/keychain-electron';
import { machineFolder, policyPath } from './storage/paths';
import { openSettingsFile } from './storage/settings-electron';
import { createWindow, declareScheme, guardRenderer, isTrustedSender } from './window';

const IDLE_CHECK_EVERY_MS = 5_000;

// Files of the application belong to their owner alone, from the first byte.
process.umask(0o077);
declareScheme();
// Native fields (dates) follow the language of the interface, not the system's.
app.commandLine.appendSwitch('lang', 'fr');
// As root (containers, CI) Chromium cannot sandbox itself and is told so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

const log = createLogger(fileSink());
process.on('uncaughtException', (error) => log.error('uncaught', error));
process.on('unhandledRejection', (error) => log.error('unhandled', error));

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', focusWindow);
  void app.whenReady().then(start);
} else {
  app.quit();
}

/** The window loads while the application is composed: its first question waits for the answer. */
async function start(): Promise<void> {
  guardRenderer(join(app.getAppPath(), 'dist/renderer'));
  createWindow(join(app.getAppPath(), 'dist/preload/preload.cjs'));
  const composing = composeOrExplain();
  registerIpc(async () => (await composing).dispatch, isTrustedSender);
  const composition = await composing;
  powerMonitor.on('lock-screen', composition.lock);
  powerMonitor.on('suspend', composition.lock);
  setInterval(composition.checkIdle, IDLE_CHECK_EVERY_MS).unref();
  closeBeforeQuit(composition);
}

/** The main job is impossible: the reason is said in a window of the system, and a new try is one click away. */
async function composeOrExplain(): Promise<Composition> {
  try {
    return await compose(host());
  } catch (error) {
    log.error('start', error);
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Instruire',
      message: 'Instruire ne peut pas démarrer',
      detail: startFailureSentence(error),
      buttons: ['Réessayer', 'Quitter'],
      cancelId: 1,
    });
    if (response === 0) app.relaunch();
    app.exit(1);
    throw error;
  }
}

function host(): Host {
  const userDataPath = app.getPath('userData');
  return {
    userDataPath,
    temporaryPath: app.getPath('temp'),
    machinePath: machineFolder(process.platform, process.env['ProgramData']),
    policyPath: policyFile(),
    workstation: hostname(),
    appVersion: app.getVersion(),
    electronVersion: process.versions.electron,
    clock: systemClock,
    log,
    ciphers: chooseCiphers(userDataPath),
    settingsFile: openSettingsFile(),
    workerPath: (name) => join(app.getAppPath(), `dist/main/${name}.cjs`),
    notify: (event, payload) => notify(BrowserWindow.getAllWindows()[0]?.webContents, event, payload),
    askSavePath: async (fileName) => {
      const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: join(app.getPath('downloads'), fileName) });
      return canceled || !filePath ? null : filePath;
    },
    openPath: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new Error('no program opened the file');
    },
    startDrag: startDragOut,
    print: printOnPaper,
    ...desktop(),
    printToPdf: printWindow,
    onSandboxReady: tellSandboxControl,
    openExternal: (url) => shell.openExternal(url),
  };
}

/** From a checkout, a test brings its own policy; the packed application reads the machine's, and no other. */
function policyFile(): string {
  const own = process.env['INSTRUIRE_POLICY_FILE'];
  return own && !app.isPackaged ? own : policyPath(process.platform, process.env['ProgramData']);
}

/** Only from a checkout, only where a test asks for it: the packed application never tells. */
function tellSandboxControl({ controlUrl, controlSecret }: Parameters<Host['onSandboxReady']>[0]): void {
  const path = process.env['INSTRUIRE_SANDBOX_CONTROL_FILE'];
  if (path && !app.isPackaged) writeFileSync(path, JSON.stringify({ controlUrl, controlSecret }));
}

/** Seals the journal and deletes clear copies before the process ends. */
function closeBeforeQuit(composition: Composition): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    composition
      .close()
      .catch((error: unknown) => log.error('close', error))
      // Everything is closed: asking to quit again from here would be ignored.
      .finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** One file, written in order; a line that cannot be written must not stop the application. */
function fileSink(): LogSink {
  const folder = app.getPath('logs');
  mkdirSync(folder, { recursive: true });
  let last: Promise<void> = Promise.resolve();
  return (line) => {
    last = last.then(() => appendFile(join(folder, 'instruire.log'), `${line}\n`)).catch(() => undefined);
  };
}

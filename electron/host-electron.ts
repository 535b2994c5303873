import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { app, BrowserWindow, dialog, shell } from 'electron';

import { desktop } from './desktop-electron';
import { startDragOut } from './drag-electron';
import type { Host } from './host';
import { notify } from './ipc';
import type { Logger } from './log';
import { printOnPaper, printWindow } from './print-electron';
import { resolveSystemProxy } from './proxy-electron';
import { systemClock } from './storage/clock';
import { chooseCiphers } from './storage/keychain-electron';
import { machineFolder, policyPath, programDataFolder } from './storage/paths';
import { queryRegistry } from './storage/registry';
import { openSettingsFile } from './storage/settings-electron';

/** The system around the application, as Electron gives it. To be called once the app is ready. */
export function electronHost(log: Logger, takeLink: Host['takeLink'] = () => null): Host {
  const userDataPath = app.getPath('userData');
  let ciphers: Host['ciphers'] | null = null;
  return {
    userDataPath,
    temporaryPath: app.getPath('temp'),
    machinePath: machineFolder(process.platform, programDataFolder(process.env['ProgramData'])),
    policyPath: policyFile(),
    ...(process.platform === 'win32' ? { readRegistry: queryRegistry } : {}),
    resolveProxy: resolveSystemProxy,
    workstation: hostname(),
    appVersion: app.getVersion(),
    electronVersion: process.versions.electron,
    clock: systemClock,
    log,
    // The keychain is another process: it is asked when a secret is.
    get ciphers() {
      return (ciphers ??= chooseCiphers(userDataPath));
    },
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
    restart: () => {
      app.relaunch();
      app.quit();
    },
    startDrag: startDragOut,
    print: printOnPaper,
    ...desktop(),
    printToPdf: printWindow,
    onSandboxReady: tellSandboxControl,
    takeLink,
    openExternal: (url) => shell.openExternal(url),
  };
}

/** From a checkout, a test brings its own policy; the packed application reads the machine's, and no other. */
function policyFile(): string {
  const own = process.env['INSTRUIRE_POLICY_FILE'];
  return own && !app.isPackaged ? own : policyPath(process.platform, programDataFolder(process.env['ProgramData']));
}

/** Only from a checkout, only where a test asks for it: the packed application never tells. */
function tellSandboxControl({ controlUrl, controlSecret }: Parameters<Host['onSandboxReady']>[0]): void {
  const path = process.env['INSTRUIRE_SANDBOX_CONTROL_FILE'];
  if (path && !app.isPackaged) writeFileSync(path, JSON.stringify({ controlUrl, controlSecret }));
}

import { join } from 'node:path';

import { app, BrowserWindow, dialog } from 'electron';

import { EXIT } from './headless/exit-code';
import { isHeadless } from './headless/options';
import { type Door, registerIpc } from './ipc';
import { createLinkInbox } from './link-inbox';
import { createLogger, readLogLevel } from './log';
import { openLogFiles } from './log-files';
import { startRefusal } from './start-guard';
import { createWindow, declareScheme, guardRenderer, isTrustedSender } from './window';

// Read before the window is there: nothing but what opens it. All the rest is behind `start-electron.ts`.

// Before anything else runs, and before there is anything to observe.
if (app.isPackaged) refuseDangerousStart();
// Files of the application belong to their owner alone, from the first byte.
process.umask(0o077);
declareScheme();
// Native fields (dates) follow the language of the interface, not the system's.
app.commandLine.appendSwitch('lang', 'fr');
// As root (containers, CI) Chromium cannot sandbox itself and is told so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

const log = createLogger(openLogFiles({ folder: app.getPath('logs') }), { fixedLevel: readLogLevel(process.env['INSTRUIRE_LOG']) });
process.on('uncaughtException', (error) => log.error('uncaught', error));
process.on('unhandledRejection', (error) => log.error('unhandled', error));

const links = createLinkInbox();
const isAlone = app.requestSingleInstanceLock();
if (isHeadless(process.argv)) {
  void import('./headless-electron').then(({ runWithoutWindow }) => runWithoutWindow(log, isAlone));
} else if (isAlone) {
  app.on('second-instance', (_event, argv) => {
    links.receiveArguments(argv);
    focusWindow();
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.receive(url);
    focusWindow();
  });
  links.receiveArguments(process.argv);
  void app.whenReady().then(openWindow);
} else {
  app.quit();
}

/** Said by the system itself (on Linux, where there is no window yet, in the terminal), then the process ends. */
function refuseDangerousStart(): void {
  const refusal = startRefusal({ argv: process.argv, env: process.env, platform: process.platform, isRoot: process.getuid?.() === 0 });
  if (refusal === null) return;
  dialog.showErrorBox('Instruire ne peut pas démarrer ainsi', refusal);
  process.exit(EXIT.cannotStart);
}

/** The window loads while the application is read and composed: its first question waits for the answer. */
function openWindow(): void {
  // Elsewhere the package itself tells the system of the links.
  if (process.platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient('instruire');
  const page = guardRenderer(join(app.getAppPath(), 'dist/renderer'));
  createWindow(join(app.getAppPath(), 'dist/preload/preload.cjs'), join(app.getPath('userData'), 'window.json'));
  registerIpc(page.then(startApplication), isTrustedSender);
}

async function startApplication(): Promise<Door> {
  const { start } = await import('./start-electron');
  return start(log, links);
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

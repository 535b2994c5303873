import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { app, BrowserWindow, dialog } from 'electron';

import { frenchSpaces } from '../shared/domain/french-spaces';
import { finishErasure } from './erasure/erase';
import { readFirstParts } from './first-parts';
import { isWithoutGraphicsCard } from './graphics';
import { EXIT } from './headless/exit-code';
import { isHeadless } from './headless/options';
import { isRunMarked, unmarkRun } from './headless/run-mark';
import { type Door, registerIpc } from './ipc';
import { forgetKeychainEntry } from './keychain-entry';
import { createLinkInbox } from './link-inbox';
import { createLogger, readLogLevel } from './log';
import { openLogFiles } from './log-files';
import type * as StartElectron from './start-electron';
import { startRefusal } from './start-guard';
import { outsideCopiesFolder } from './storage/paths';
import { createWindow, declareScheme, guardRenderer, isTrustedSender } from './window';

// Read before the window is there: nothing but what opens it. All the rest is behind `start-electron.ts`.

// Before anything else runs, and before there is anything to observe.
if (app.isPackaged) refuseDangerousStart();
// Files of the application belong to their owner alone, from the first byte.
process.umask(0o077);
declareScheme();
// Native fields (dates) follow the language of the interface, not the system's.
app.commandLine.appendSwitch('lang', 'fr');
// Chromium would try a graphics card, fail, and start its drawing process again: it is told at once.
if (isWithoutGraphicsCard(process.platform)) {
  app.disableHardwareAcceleration();
  // Three dimensions, which nothing here draws.
  app.commandLine.appendSwitch('disable-software-rasterizer');
}
// As root (containers, CI) Chromium cannot sandbox itself and is told so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

// Nobody else uses the data folder, and nothing of it is open yet.
const isAlone = app.requestSingleInstanceLock();
if (isAlone) eraseIfAsked();

const log = createLogger(openLogFiles({ folder: app.getPath('logs') }), { fixedLevel: readLogLevel(process.env['INSTRUIRE_LOG']) });
process.on('uncaughtException', (error) => log.error('uncaught', error));
process.on('unhandledRejection', (error) => log.error('unhandled', error));

const links = createLinkInbox();
if (isHeadless(process.argv)) {
  import('./headless-electron').then(({ runWithoutWindow }) => runWithoutWindow(log, isAlone)).catch(endIncomplete);
} else if (isAlone) {
  unmarkRun(app.getPath('userData'));
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
  // The end of a session on Linux or macOS: everything is sealed and closed as when an agent quits.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  void app.whenReady().then(openWindow);
} else if (isRunMarked(app.getPath('userData'))) {
  sayRunGoesOn();
} else {
  app.quit();
}

/** Said by the system itself (on Linux, where it draws nothing yet, in the terminal). */
function sayOutside(title: string, sentence: string): void {
  const detail = frenchSpaces(sentence);
  if (app.isReady()) dialog.showMessageBoxSync({ type: 'error', title: 'Instruire', message: title, detail, buttons: ['Fermer'] });
  else dialog.showErrorBox(title, detail);
}

/** Whoever asks for the window is told why it does not come. The files of the run are not touched meanwhile. */
function sayRunGoesOn(): void {
  const ownFolder = mkdtempSync(join(app.getPath('temp'), 'instruire-'));
  app.setPath('userData', ownFolder);
  void app.whenReady().then(() => {
    sayOutside('Instruire est occupé', 'Un lot lancé sans fenêtre est en cours sur ce poste, et lui seul peut ouvrir les données. Rien n’est perdu : rouvrez Instruire quand il sera fini.');
    rmSync(ownFolder, { recursive: true, force: true });
    app.exit(EXIT.cannotStart);
  });
}

/** Says why, then the process ends. */
function refuseDangerousStart(): void {
  const refusal = startRefusal({ argv: process.argv, env: process.env, platform: process.platform, isRoot: process.getuid?.() === 0 });
  if (refusal === null) return;
  sayOutside('Instruire ne peut pas démarrer ainsi', refusal);
  process.exit(EXIT.cannotStart);
}

/** An erasure that was asked for is ended here, or nothing starts: what remains of the data must not be taken for data. */
function eraseIfAsked(): void {
  const userDataPath = app.getPath('userData');
  // A folder chosen on the command line shares the keychain's entry with the usual one.
  const isUsualFolder = userDataPath === join(app.getPath('appData'), app.getName());
  const otherFolders = [app.getPath('logs'), outsideCopiesFolder(app.getPath('temp'))];
  try {
    finishErasure({ userDataPath, otherFolders, forgetKeychain: () => isUsualFolder && forgetKeychainEntry(app.getName()) });
  } catch {
    sayOutside('Instruire', 'L’effacement de ce poste n’a pas pu aller à son terme : un fichier est tenu par un autre programme. Fermez les autres programmes, puis rouvrez Instruire : l’effacement reprendra.');
    process.exit(EXIT.cannotStart);
  }
}

/** The window loads while the application is read and composed: its first question waits for the answer. */
function openWindow(): void {
  // Elsewhere the package itself tells the system of the links.
  if (process.platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient('instruire');
  const pageSent = guardRenderer(join(app.getAppPath(), 'dist/renderer'));
  const inApp = (path: string): string => join(app.getAppPath(), path);
  const icon = inApp('packaging/icons/linux/128x128.png');
  app.setAboutPanelOptions({ applicationName: 'Instruire', applicationVersion: app.getVersion(), iconPath: icon });
  createWindow({ icon, preload: inApp('dist/preload/preload.cjs'), state: join(app.getPath('userData'), 'window.json') });
  registerIpc(startApplication(pageSent), isTrustedSender);
}

/** A page that never comes must not keep its questions, or those of the system, from being answered. */
const PAGE_PATIENCE_MS = 3_000;

async function startApplication(pageSent: Promise<void>): Promise<Door> {
  const start = await readStart(pageSent).catch(sayIncomplete);
  return start(log, links);
}

async function readStart(pageSent: Promise<void>) {
  await readFirstParts();
  await Promise.race([pageSent, delay(PAGE_PATIENCE_MS, undefined, { ref: false })]);
  const { start }: Partial<typeof StartElectron> = await import('./start-electron');
  // A file that was emptied is read without a fault: it gives nothing.
  if (!start) throw new Error('start-electron is empty');
  return start;
}

/** A file of the program is missing or cut (half an update, an antivirus): no new try helps. */
function sayIncomplete(error: unknown): never {
  sayOutside('Instruire ne peut pas démarrer', 'L’installation d’Instruire est incomplète ou abîmée : un de ses fichiers ne peut pas être lu. Demandez à votre service informatique de la refaire ; vos données ne sont pas touchées.');
  endIncomplete(error);
}

function endIncomplete(error: unknown): never {
  log.error('start', error);
  app.exit(EXIT.cannotStart);
  throw error;
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

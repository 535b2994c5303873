import { setImmediate as nextTurn } from 'node:timers/promises';

import { app, BrowserWindow, dialog, powerMonitor } from 'electron';

import { frenchSpaces } from '../shared/domain/french-spaces';
import type { Composition } from './compose';
import { firstAnswers, isAnswered } from './composition/first-answers';
import { type FirstStores, openFirstStores } from './composition/first-stores';
import { dispatch } from './dispatch';
import type { Host } from './host';
import { electronHost } from './host-electron';
import { type Door, notify } from './ipc';
import type { LinkInbox } from './link-inbox';
import type { Logger } from './log';
import { startFailureSentence } from './start-failure';

const IDLE_CHECK_EVERY_MS = 5_000;
/** What was drawn, and the name of the window, still pass through this process on their way to the screen: some frames. */
const SHOWING_MS = 100;
/** After which the application is composed, even if no first screen has come up. */
const LONGEST_DRAWING_MS = 2_000;
/** Of a channel, in the log: anything may be asked for. */
const LONGEST_NAME = 60;

interface Opened {
  readonly host: Host;
  readonly stores: FirstStores;
}

/**
 * Opens what is kept behind the window that is already there, and gives what answers its messages: what the first screen
 * asks from the first stores alone, anything else once all are open and the application is read and composed.
 */
export async function start(log: Logger, inbox: LinkInbox): Promise<Door> {
  const opening = orExplain(log, () => open(log, inbox));
  const { whenDue, makeDue } = composingMoment();
  const composing = opening.then((opened) => orExplain(log, () => composeWhen(whenDue, opened)));
  const composed = (): Promise<Composition> => {
    makeDue();
    return composing;
  };
  let whole: Composition | null = null;
  // Its failure is said where it happens.
  composing.then((composition) => followSystem((whole = composition), inbox), () => undefined);
  closeBeforeQuit(composed, log);
  const { host, stores } = await opening;
  const first = firstAnswers(host, stores);
  afterFirstScreen(makeDue);
  return async (channelName, input) => {
    const askedAt = performance.now();
    const answers = whole === null && isAnswered(first, channelName) ? first : (await composed()).dispatch;
    const result = await dispatch(answers, channelName, input);
    log.debug(`${String(channelName).slice(0, LONGEST_NAME)} ${result.ok ? 'ok' : result.error.code} ${Math.round(performance.now() - askedAt)} ms`);
    return result;
  };
}

function open(log: Logger, inbox: LinkInbox): Opened {
  const host = electronHost(log, inbox.take);
  return { host, stores: openFirstStores(host) };
}

/** The moment from which the application is composed, whoever calls for it first. */
function composingMoment(): { readonly whenDue: Promise<void>; readonly makeDue: () => void } {
  let makeDue = (): void => undefined;
  const whenDue = new Promise<void>((due) => (makeDue = due));
  return { whenDue, makeDue: () => makeDue() };
}

/** A page that is being drawn needs this process too: it is left alone until the sign-in gives its name to the window. */
function afterFirstScreen(makeDue: () => void): void {
  BrowserWindow.getAllWindows()[0]?.on('page-title-updated', (_event, title) => {
    if (title !== app.getName()) setTimeout(makeDue, SHOWING_MS).unref();
  });
  setTimeout(makeDue, LONGEST_DRAWING_MS).unref();
}

/** In a turn of its own: what the window has asked meanwhile is answered first. */
async function composeWhen(whenDue: Promise<void>, { host, stores }: Opened): Promise<Composition> {
  await whenDue;
  await nextTurn();
  const { compose } = await import('./compose');
  return compose(host, stores);
}

/** Links and the machine's own events reach a whole application only. */
function followSystem({ lock, checkIdle }: Composition, inbox: LinkInbox): void {
  inbox.onArrival(() => notify(BrowserWindow.getAllWindows()[0]?.webContents, 'deepLink.arrived', null));
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
  setInterval(checkIdle, IDLE_CHECK_EVERY_MS).unref();
}

/** The main job is impossible: the reason is said in a window of the system, and a new try is one click away. */
async function orExplain<T>(log: Logger, begin: () => T | Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    log.error('start', error);
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Instruire',
      message: 'Instruire ne peut pas démarrer',
      detail: frenchSpaces(startFailureSentence(error)),
      buttons: ['Réessayer', 'Quitter'],
      cancelId: 1,
    });
    if (response === 0) app.relaunch();
    app.exit(1);
    throw error;
  }
}

/** Seals the journal and deletes clear copies before the process ends; whoever quits at once waits for what is being opened. */
function closeBeforeQuit(composed: () => Promise<Composition>, log: Logger): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    composed()
      .then((composition) => composition.close())
      .catch((error: unknown) => log.error('close', error))
      // Everything is closed: asking to quit again from here would be ignored.
      .finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
}

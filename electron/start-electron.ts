import { app, BrowserWindow, dialog, powerMonitor } from 'electron';

import { type Composition, compose } from './compose';
import { dispatch } from './dispatch';
import { electronHost } from './host-electron';
import { type Door, notify } from './ipc';
import type { LinkInbox } from './link-inbox';
import type { Logger } from './log';
import { startFailureSentence } from './start-failure';

const IDLE_CHECK_EVERY_MS = 5_000;
/** Of a channel, in the log: anything may be asked for. */
const LONGEST_NAME = 60;

/** Composes the application behind the window that is already open, and gives what answers its messages. */
export async function start(log: Logger, inbox: LinkInbox): Promise<Door> {
  const composing = composeOrExplain(log, inbox);
  closeBeforeQuit(composing, log);
  const composition = await composing;
  inbox.onArrival(() => notify(BrowserWindow.getAllWindows()[0]?.webContents, 'deepLink.arrived', null));
  powerMonitor.on('lock-screen', composition.lock);
  powerMonitor.on('suspend', composition.lock);
  setInterval(composition.checkIdle, IDLE_CHECK_EVERY_MS).unref();
  return async (channelName, input) => {
    const askedAt = performance.now();
    const result = await dispatch(composition.dispatch, channelName, input);
    log.debug(`${String(channelName).slice(0, LONGEST_NAME)} ${result.ok ? 'ok' : result.error.code} ${Math.round(performance.now() - askedAt)} ms`);
    return result;
  };
}

/** The main job is impossible: the reason is said in a window of the system, and a new try is one click away. */
async function composeOrExplain(log: Logger, inbox: LinkInbox): Promise<Composition> {
  try {
    return await compose(electronHost(log, inbox.take));
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

/** Seals the journal and deletes clear copies before the process ends; whoever quits at once waits for what is being opened. */
function closeBeforeQuit(composing: Promise<Composition>, log: Logger): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    composing
      .then((composition) => composition.close())
      .catch((error: unknown) => log.error('close', error))
      // Everything is closed: asking to quit again from here would be ignored.
      .finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
}

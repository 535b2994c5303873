import { BrowserWindow, dialog, Notification, powerSaveBlocker } from 'electron';

import { frenchSpaces } from '../shared/domain/french-spaces';
import type { Host } from './host';

/** What long work shows outside the window, and the dialog that opens a file. */
export function desktop(): Pick<Host, 'askOpenPath' | 'showProgress' | 'notifyUser' | 'keepAwake'> {
  let blocker: number | null = null;
  return {
    askOpenPath: async ({ label, extensions }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        properties: ['openFile'],
        filters: [{ name: label, extensions: [...extensions] }],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    showProgress: (fraction) => {
      for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(fraction ?? -1);
    },
    notifyUser: ({ title, body }) => {
      if (Notification.isSupported()) new Notification({ title: frenchSpaces(title), body: frenchSpaces(body), silent: true }).show();
    },
    keepAwake: (isWanted) => {
      if (isWanted === (blocker !== null)) return;
      if (blocker !== null) powerSaveBlocker.stop(blocker);
      blocker = isWanted ? powerSaveBlocker.start('prevent-app-suspension') : null;
    },
  };
}

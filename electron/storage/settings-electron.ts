import ElectronStore from 'electron-store';

import type { SettingsContent, SettingsFile } from './settings';

/** `instruire.settings.json` in the user's folder; a file that is no longer JSON is replaced by defaults. */
export function openSettingsFile(): SettingsFile {
  const store = new ElectronStore<{ content?: SettingsContent }>({ name: 'instruire.settings', clearInvalidConfig: true });
  return {
    read: () => store.get('content'),
    write: (content) => store.set('content', content),
  };
}

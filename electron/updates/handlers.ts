import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { downloadUpdate, findUpdate, type Update, type UpdateSource } from './updates';

export interface UpdateHandlerDeps {
  /** Why this workstation takes no update, or where they come from. */
  readonly source: UpdateSource | 'off' | 'no_address' | 'no_key';
  readonly currentVersion: string;
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly onProgress: (progress: { readonly receivedBytes: number; readonly totalBytes: number }) => void;
}

/** A responsable asks, reads what is new, chooses the folder and starts the installer himself: nothing is done by itself. */
export function updateHandlers({ source, currentVersion, askSavePath, onProgress }: UpdateHandlerDeps): Pick<Handlers, 'updates.state' | 'updates.check' | 'updates.download' | 'updates.cancel'> {
  let found: Update | null = null;
  let running: AbortController | null = null;
  const theSource = (): UpdateSource => {
    if (typeof source === 'string') throw new IpcFailure('refused', 'Les mises à jour ne se cherchent pas depuis ce poste.');
    return source;
  };
  return {
    'updates.state': () => ({ currentVersion, source: typeof source === 'string' ? source : 'ready' }),
    'updates.check': async () => {
      found = await findUpdate(theSource(), new AbortController().signal);
      if (found === null) return null;
      const { manifest, file } = found;
      return { version: manifest.version, publishedAt: manifest.publishedAt, notes: manifest.notes, fileName: file.name, byteLength: file.byteLength, minimumSystem: file.minimumSystem };
    },
    'updates.download': async () => {
      const update = found;
      if (update === null || running !== null) throw new IpcFailure('conflict', 'Cherchez d’abord la mise à jour ; un seul téléchargement à la fois.');
      const path = await askSavePath(update.file.name);
      if (path === null) return null;
      running = new AbortController();
      try {
        const totalBytes = update.file.byteLength;
        await downloadUpdate(theSource(), update, path, (receivedBytes) => onProgress({ receivedBytes, totalBytes }), running.signal);
        return { path };
      } finally {
        running = null;
      }
    },
    'updates.cancel': () => {
      running?.abort();
      return null;
    },
  };
}

import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import { writeAtomically } from '../files/atomic-file';
import { orFileFailure } from '../files/file-failure';
import type { PendingFiles } from '../files/pending-files';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { downloadUpdate, findUpdate, type Update, type UpdateSource } from './updates';

export interface UpdateHandlerDeps {
  /** Why this workstation takes no update, or where they come from. */
  readonly source: UpdateSource | 'off' | 'no_address' | 'no_key';
  readonly currentVersion: string;
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly onProgress: (progress: { readonly receivedBytes: number; readonly totalBytes: number }) => void;
}

/** A responsable asks, reads what is new, chooses the folder and starts the installer himself: nothing is done by itself. */
export function updateHandlers({ source, currentVersion, record, pending, askSavePath, onProgress }: UpdateHandlerDeps): Pick<Handlers, 'updates.state' | 'updates.check' | 'updates.download' | 'updates.cancel'> {
  let found: Update | null = null;
  let running: AbortController | null = null;
  const theSource = (): UpdateSource => {
    if (typeof source === 'string') throw new IpcFailure('refused', 'Les mises à jour ne se cherchent pas depuis ce poste : adressez-vous à votre service informatique.');
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
    'updates.download': async (_input, { session }) => {
      const update = found;
      if (update === null || running !== null) throw new IpcFailure('conflict', 'Cherchez d’abord la mise à jour ; un seul téléchargement à la fois.');
      const path = await askSavePath(update.file.name);
      if (path === null) return null;
      running = new AbortController();
      try {
        const { signal } = running;
        const totalBytes = update.file.byteLength;
        await traced(record, { ...by(session.agent), documentSha256: update.file.sha256 }, update, signal, () =>
          orFileFailure(
            writeAtomically(pending, { path, event: 'update.downloaded', what: 'installateur de mise à jour' }, (temporaryPath) =>
              downloadUpdate(theSource(), update, temporaryPath, (receivedBytes) => onProgress({ receivedBytes, totalBytes }), signal),
            ),
          ),
        );
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

/** Said before it begins, and how it ended: which installer was taken, by whom, and whether it is the signed one. */
async function traced(record: RecordEvent, who: Pick<TracedEvent, 'agentId' | 'agentName' | 'documentSha256'>, { manifest, file }: Update, signal: AbortSignal, download: () => Promise<void>): Promise<void> {
  const say = (outcome: 'success' | 'failure', ending: string): Promise<void> =>
    traceOrRefuse(record, { ...who, event: 'update.downloaded', outcome, detail: `Installateur de la version ${manifest.version} (${file.name}) : ${ending}.` });
  await say('success', 'téléchargement commencé');
  try {
    await download();
  } catch (error) {
    await say('failure', signal.aborted ? 'téléchargement arrêté, rien n’est gardé' : 'téléchargement manqué ou fichier refusé, rien n’est gardé').catch(() => undefined);
    throw error;
  }
  await say('success', 'enregistré, conforme à la signature');
}

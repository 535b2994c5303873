import { createHash } from 'node:crypto';

import { writeDurably } from '../files/atomic-file';
import { fileFailure } from '../files/file-failure';
import { type HttpClient, ReaderError, TransportError } from '../http';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { compareVersions, readManifest, type UpdateFile, type UpdateManifest } from './manifest';

export interface UpdateSource {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Folder of the manifest, its signature and the installers; with its last slash. */
  readonly folderUrl: string;
  /** Base64 of the publisher's Ed25519 key (SPKI DER). */
  readonly publicKey: string;
  readonly currentVersion: string;
  /** `platform-architecture`, as Node names them. */
  readonly platform: string;
}

/** A later version with an installer for this system. */
export interface Update {
  readonly manifest: UpdateManifest;
  readonly file: UpdateFile;
}

const MANIFEST_NAME = 'instruire-update.json';
const SIGNATURE_NAME = `${MANIFEST_NAME}.sig`;

const MANIFEST_MAX_BYTES = 256 * 1_024;
const MANIFEST_TIMEOUT_MS = 20_000;
const DOWNLOAD_TIMEOUT_MS = 60 * 60_000;

/** Null when this version is the last one. @throws {IpcFailure} in words. */
export async function findUpdate(source: UpdateSource, signal: AbortSignal): Promise<Update | null> {
  const [text, signature] = [await read(source, MANIFEST_NAME, signal), await read(source, SIGNATURE_NAME, signal)];
  const checked = readManifest(text, signature, source.publicKey, source.clock.now());
  if (!checked.ok) throw new IpcFailure('refused', checked.message);
  const manifest = checked.value;
  const order = compareVersions(manifest.version, source.currentVersion);
  if (order < 0) throw new IpcFailure('refused', `Le serveur propose la version ${manifest.version}, plus ancienne que celle de ce poste (${source.currentVersion}) : elle est refusée. Signalez-le à votre service informatique.`);
  if (order === 0) return null;
  const file = manifest.files[source.platform];
  if (!file) throw new IpcFailure('unavailable', `La version ${manifest.version} n’est pas proposée pour ce système : gardez celle que vous avez, et signalez-le à votre service informatique.`);
  return { manifest, file };
}

/**
 * Writes the installer at `path`, where nothing is, and rejects when its length or its digest are not those that were signed.
 * @throws {IpcFailure} in words.
 */
export async function downloadUpdate(source: UpdateSource, { file }: Update, path: string, onProgress: (receivedBytes: number) => void, signal: AbortSignal): Promise<void> {
  const request = { url: new URL(file.name, source.folderUrl), timeoutMs: DOWNLOAD_TIMEOUT_MS, firstByteTimeoutMs: MANIFEST_TIMEOUT_MS, maxBytes: file.byteLength, signal };
  await inWords(() =>
    source.http.stream(request, async ({ status }, chunks) => {
      if (status !== 200) throw new ReaderStop(new IpcFailure('unavailable', `Le serveur des mises à jour ne donne pas le fichier ${file.name} (réponse ${status}). Réessayez plus tard ; si cela dure, prévenez votre service informatique.`));
      await writeDurably(path, checkedAgainst(file, chunks, onProgress)).catch((error: unknown) => {
        throw isOfTheDisk(error) ? new ReaderStop(fileFailure(error)) : error;
      });
    }),
  );
}

/** Ends the exchange for a reason of ours, which the network must not be blamed for. */
class ReaderStop extends ReaderError {
  constructor(readonly failure: IpcFailure) {
    super(failure.message);
  }
}

const FILE_CALLS: ReadonlySet<string | undefined> = new Set(['open', 'write', 'fsync']);

function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && FILE_CALLS.has((error as NodeJS.ErrnoException).syscall);
}

/** Throws after the last chunk when what came is not what was signed. */
async function* checkedAgainst(file: UpdateFile, chunks: AsyncIterable<Buffer>, onProgress: (receivedBytes: number) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let receivedBytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    receivedBytes += chunk.length;
    onProgress(receivedBytes);
    yield chunk;
  }
  if (receivedBytes !== file.byteLength || hash.digest('hex') !== file.sha256) {
    throw new ReaderStop(new IpcFailure('refused', 'Le fichier reçu n’est pas celui que l’éditeur a signé (coupé ou modifié) : il n’a pas été gardé. Réessayez ; si cela se reproduit, prévenez votre service informatique.'));
  }
}

async function read({ http, folderUrl }: UpdateSource, name: string, signal: AbortSignal): Promise<string> {
  const response = await inWords(() => http.get({ url: new URL(name, folderUrl), timeoutMs: MANIFEST_TIMEOUT_MS, maxBytes: MANIFEST_MAX_BYTES, signal }));
  if (response.status !== 200) throw new IpcFailure('unavailable', `Le serveur des mises à jour ne donne pas ${name} (réponse ${response.status}). Réessayez plus tard ; si cela dure, prévenez votre service informatique.`);
  return response.body.toString('utf8');
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReaderStop) throw error.failure;
    if (!(error instanceof TransportError)) throw error;
    throw new IpcFailure('unavailable', 'Le serveur des mises à jour n’a pas répondu jusqu’au bout : rien n’a été gardé. Vérifiez le réseau avec « Diagnostic », puis réessayez.');
  }
}

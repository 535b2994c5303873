import { create } from 'zustand';

import type { Answer, DocumentOffer } from '../../../shared/domain/consultation';
import type { StoredDocument, WantedDocument } from '../../../shared/domain/document';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import { callMain, messageOf, onMain } from '../../app/bridge';
import { sessionStore } from '../../app/session-memory';

/** Where one document of an answer stands. */
export type Download =
  | { readonly step: 'queued' | 'running' | 'renewing'; readonly downloadId: string; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly step: 'stored'; readonly document: StoredDocument }
  | { readonly step: 'failed'; readonly message: string; readonly advice: string };

/** Names a document that an answer offers. */
export type Offered = Pick<WantedDocument, 'consultationId' | 'pointer'>;

export type Downloads = Readonly<Record<string, Download>>;

interface DocumentsStore {
  /** By consultation and pointer. */
  readonly downloads: Downloads;
  /** Keys of the downloads asked for together, by the place that asked. */
  readonly batches: Readonly<Record<string, readonly string[]>>;
  /** Consultations of which it is known what earlier days have stored. */
  readonly looked: Readonly<Record<string, true>>;
  /** Document shown in the viewer. */
  readonly viewed: StoredDocument | null;
}

export const useDocuments = sessionStore(create<DocumentsStore>(() => ({ downloads: {}, batches: {}, looked: {}, viewed: null })));

export function downloadKey({ consultationId, pointer }: Offered): string {
  return `${consultationId}:${pointer}`;
}

function setDownload(key: string, download: Download): void {
  useDocuments.setState(({ downloads }) => ({ downloads: { ...downloads, [key]: download } }));
}

export function viewDocument(document: StoredDocument | null): void {
  useDocuments.setState({ viewed: document });
}

/** Progress of the downloads under way; returns the function that stops listening. */
export function listenToDownloads(): () => void {
  return onMain('documents.progress', ({ downloadId, step, receivedBytes, totalBytes }) => {
    for (const [key, download] of Object.entries(useDocuments.getState().downloads)) {
      if ('downloadId' in download && download.downloadId === downloadId) setDownload(key, { step, downloadId, receivedBytes, totalBytes });
    }
  });
}

/** Finds again, for the offers of an answer, the documents fetched earlier and those asked for and never received. */
export async function loadKnown(answer: Answer): Promise<void> {
  const { dossierId, identifier, consultationId } = answer;
  const [documents, wanted] = await Promise.all([
    callMain('documents.list', { dossierId, identifier }).catch(() => null),
    callMain('documents.wanted', { dossierId }).catch(() => []),
  ]);
  for (const offer of answer.documents) {
    const key = downloadKey({ consultationId, pointer: offer.pointer });
    if (useDocuments.getState().downloads[key]) continue;
    const document = documents?.find((one) => isSame(one, answer, offer));
    const wish = wanted.find((one) => one.consultationId === consultationId && one.pointer === offer.pointer);
    if (document) setDownload(key, { step: 'stored', document });
    else if (wish) setDownload(key, unreceived(wish));
  }
  if (documents) useDocuments.setState(({ looked }) => ({ looked: { ...looked, [consultationId]: true } }));
}

/** The very download of this offer, or the same dated document brought by an earlier answer. */
function isSame(document: ListedDocument, { endpointId, identifier, consultationId }: Answer, { pointer, documentDate }: DocumentOffer): boolean {
  if (document.pointer !== pointer || document.endpointId !== endpointId || document.identifier !== identifier) return false;
  return document.consultationId === consultationId || (documentDate !== null && document.documentDate === documentDate);
}

function unreceived({ problem }: WantedDocument): Download {
  return { step: 'failed', message: problem ?? 'Demandé lors d’une session précédente, pas encore reçu.', advice: 'Reprenez le téléchargement.' };
}

export async function download(offered: Offered): Promise<void> {
  const key = downloadKey(offered);
  const { consultationId, pointer } = offered;
  const known = useDocuments.getState().downloads[key];
  if (known && 'downloadId' in known) return;
  const downloadId = crypto.randomUUID();
  setDownload(key, { step: 'queued', downloadId, receivedBytes: 0, totalBytes: null });
  try {
    const result = await callMain('documents.fetch', { downloadId, consultationId, pointer });
    setDownload(key, result.step === 'stored' ? result : { step: 'failed', message: result.error.message, advice: result.error.advice });
  } catch (error) {
    setDownload(key, { step: 'failed', message: messageOf(error), advice: 'Réessayez.' });
  }
}

/** Asks for several at once: main lets a few through, within the quota. One that fails stops none of the others. */
export async function downloadTogether(batch: string, offered: readonly Offered[]): Promise<void> {
  useDocuments.setState(({ batches }) => ({ batches: { ...batches, [batch]: offered.map(downloadKey) } }));
  await Promise.all(offered.map(download));
}

export async function cancelDownload(downloadId: string): Promise<void> {
  await callMain('documents.cancel', { downloadId }).catch(() => undefined);
}

export async function cancelBatch(batch: string): Promise<void> {
  await Promise.all(runningOf(useDocuments.getState(), batch).map(cancelDownload));
}

export function isBatchRunning(state: DocumentsStore, batch: string): boolean {
  return runningOf(state, batch).length > 0;
}

function runningOf({ batches, downloads }: DocumentsStore, batch: string): readonly string[] {
  return (batches[batch] ?? []).flatMap((key) => {
    const one = downloads[key];
    return one && 'downloadId' in one ? [one.downloadId] : [];
  });
}

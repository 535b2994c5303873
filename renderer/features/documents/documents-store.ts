import { create } from 'zustand';

import type { ApiError } from '../../../shared/domain/api-error';
import type { Answer } from '../../../shared/domain/consultation';
import type { StoredDocument } from '../../../shared/domain/document';
import { callMain, messageOf, onMain } from '../../app/bridge';
import { sessionStore } from '../../app/session-memory';

/** Where one document of an answer stands. */
export type Download =
  | { readonly step: 'queued' | 'running' | 'renewing'; readonly downloadId: string; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly step: 'stored'; readonly document: StoredDocument }
  | { readonly step: 'failed'; readonly message: string; readonly advice: string };

interface DocumentsStore {
  /** By consultation and pointer. */
  readonly downloads: Readonly<Record<string, Download>>;
  /** Document shown in the viewer. */
  readonly viewed: StoredDocument | null;
}

export const useDocuments = sessionStore(create<DocumentsStore>(() => ({ downloads: {}, viewed: null })));

export function downloadKey(consultationId: string, pointer: string): string {
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

/** Finds again, for the offers of an answer, the documents fetched earlier. */
export async function loadStored(answer: Answer): Promise<void> {
  const documents = await callMain('documents.list', { dossierId: answer.dossierId, identifier: answer.identifier }).catch(() => []);
  for (const document of documents) {
    const key = downloadKey(document.consultationId, document.pointer);
    if (document.consultationId === answer.consultationId && !useDocuments.getState().downloads[key]) setDownload(key, { step: 'stored', document });
  }
}

export async function download(answer: Answer, pointer: string): Promise<void> {
  const key = downloadKey(answer.consultationId, pointer);
  const downloadId = crypto.randomUUID();
  setDownload(key, { step: 'queued', downloadId, receivedBytes: 0, totalBytes: null });
  try {
    const result = await callMain('documents.fetch', { downloadId, consultationId: answer.consultationId, pointer });
    setDownload(key, result.step === 'stored' ? result : failure(result.error));
  } catch (error) {
    setDownload(key, { step: 'failed', message: messageOf(error), advice: 'Réessayez.' });
  }
}

function failure(error: ApiError): Download {
  return { step: 'failed', message: error.message, advice: error.advice };
}

export async function cancelDownload(downloadId: string): Promise<void> {
  await callMain('documents.cancel', { downloadId }).catch(() => undefined);
}

import { findEndpoint } from '../../../shared/catalogue';
import type { Batch, BatchItem } from '../../../shared/domain/batch';
import type { StoredDocument } from '../../../shared/domain/document';
import { type DocumentRecords, safePart } from '../../documents';
import { type Archive, type ArchiveControl, type ArchiveFile, bufferFile, uniqueNames, zipChunks } from '../../files/zip';
import { type BatchReading, itemPagesOf } from './reading';

export interface DocumentSources {
  readonly documents: Pick<DocumentRecords, 'list'>;
  /** Null when the file has gone, or its key is not on this workstation. */
  readonly openDocument: (documentId: string) => (() => AsyncIterable<Buffer>) | null;
}

/** Every document that a run brought, one folder a company; what is missing is named in a list, never silently left out. */
export async function documentsArchive(reading: BatchReading, sources: DocumentSources, batch: Batch, now: number, control: ArchiveControl): Promise<Archive> {
  const files: ArchiveFile[] = [];
  const missing: string[] = [];
  const folders = new Map<string, (name: string) => string>();
  for await (const items of itemPagesOf(reading, batch.id, 'answered', control.signal)) {
    for (const item of items) {
      if (!reading.isReadable(item.endpointId)) continue;
      if (item.missingDocuments > 0) missing.push(`${item.identifier} ; ${titleOf(item)} ; ${item.missingDocuments} document(s) non obtenu(s)`);
      for (const document of documentsOf(sources, batch, item)) {
        const folder = safePart(item.identifier);
        const take = folders.get(folder) ?? uniqueNames();
        folders.set(folder, take);
        const open = sources.openDocument(document.id);
        if (open === null) missing.push(`${item.identifier} ; ${document.label} ; le fichier n’est plus lisible sur ce poste`);
        else files.push({ path: `${folder}/${take(document.fileName)}`, sha256: document.sha256, byteLength: document.byteLength, at: Date.parse(document.fetchedAt), open, compress: false });
      }
    }
  }
  const lists = [
    ...(missing.length > 0 ? [bufferFile('documents-manquants.txt', Buffer.from(`${missing.join('\n')}\n`), now)] : []),
    bufferFile('SHA256SUMS', Buffer.from(files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('')), now),
  ];
  return { fileCount: files.length + lists.length, chunks: zipChunks([...files, ...lists], control) };
}

/** A renewed link brings its document under another call: what came for this endpoint since the run started is its own. */
function documentsOf({ documents }: DocumentSources, batch: Batch, item: BatchItem): readonly StoredDocument[] {
  const since = batch.startedAt ?? batch.createdAt;
  const own = documents
    .list(batch.dossierId, item.identifier)
    .filter(({ endpointId, consultationId, fetchedAt }) => endpointId === item.endpointId && (consultationId === item.consultationId || fetchedAt >= since));
  const byPointer = new Map<string, StoredDocument>();
  for (const document of own) {
    const other = byPointer.get(document.pointer);
    if (!other || document.fetchedAt > other.fetchedAt) byPointer.set(document.pointer, document);
  }
  return [...byPointer.values()];
}

function titleOf({ endpointId }: BatchItem): string {
  return findEndpoint(endpointId)?.title ?? endpointId;
}

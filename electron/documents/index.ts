export { traceCutReceipts } from './cut-receipts';
export { createDocumentRecords, type DocumentRecords, documentsSchema } from './document-records';
export { createFetchDocument, type FetchDeps, type FetchDocument, type FetchOptions } from './fetch-document';
export { documentFileName, safePart } from './file-name';
export { createFileStore, type FileStore } from './file-store';
export { documentHandlers, type DocumentHandlerDeps } from './handlers';
export { readableDocument } from './reading-handlers';
export { createWantedDocuments, rememberingWishes, type WantedDocuments } from './wanted-documents';
export { createOutsideCopies, type OutsideCopies } from './outside-copies';

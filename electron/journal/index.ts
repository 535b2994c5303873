export { type JournalEventInput, type OtherEvent } from './event-parts';
export { fileHeadWitness, type HeadWitness } from './head-witness';
export { type Journal, type JournalOptions, openJournal } from './journal';
export { JournalWriteError, type JournalWriteReason } from './journal-error';
export { type JournalReader, openJournalReader } from './reader';
export type { SearchPage, SearchRequest } from './search';
export { generateSealKey, type SealKey, sealKeyFromPrivate } from './seal';
export { verifyJournal, type VerifyOptions } from './verify';
export { JournalWorker, TaskCancelledError } from './worker-client';

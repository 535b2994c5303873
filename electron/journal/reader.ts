import type { Database } from '../storage/database';
import { openForReading } from './journal-database';
import { search, type SearchPage, type SearchRequest } from './search';
import { SearchIndex } from './search-index';

/** Reading side of the journal, on a connection of its own; lives in the worker. */
export interface JournalReader {
  readonly database: Database;
  readonly index: SearchIndex;
  search(request: SearchRequest): SearchPage;
  close(): void;
}

export function openJournalReader(path: string): JournalReader {
  const database = openForReading(path);
  const index = new SearchIndex(database);
  return {
    database,
    index,
    search: (request) => search(database, index, request),
    close: () => database.close(),
  };
}

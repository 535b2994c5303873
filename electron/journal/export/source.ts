import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalFilter, JournalLine } from '../../../shared/domain/journal';
import type { Database } from '../../storage/database';
import type { FilterNames } from '../filter-words';
import { readLastEntry } from '../journal-database';
import type { HabilitationTitles } from './columns';
import { lineReader, matchingSlots } from '../search';
import type { SearchIndex } from '../search-index';
import type { Seal } from '../seal';

/** Makes an export the answer to an audit: its own columns, and what is not known here. */
export interface AuditRequest {
  readonly unknownRequestIds: readonly string[];
}

export interface ExportRequest {
  readonly audit?: AuditRequest | undefined;
  readonly filter: JournalFilter;
  readonly habilitationTitles?: HabilitationTitles | undefined;
  /** What the ids of the filter are called. */
  readonly filterNames?: FilterNames | undefined;
  readonly agentScope?: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly generatedAt: number;
  /** Base64 of the key in the keychain. */
  readonly publicKey: string;
}

export interface ExportControl {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((written: number, total: number) => void) | undefined;
}

/** What every format reads from: the matching lines, oldest first, and the head that vouches for them. */
export interface ExportSource {
  readonly database: Database;
  readonly index: SearchIndex;
  readonly request: ExportRequest;
  readonly slots: Uint32Array;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly lastSeal: Seal | null;
  lines(): AsyncGenerator<readonly JournalLine[]>;
  /** Tells how far the work is, gives way to other messages, and throws when cancelled. */
  step(written: number): Promise<void>;
}

const CHUNK_LINES = 500;

export function openSource(database: Database, index: SearchIndex, request: ExportRequest, control: ExportControl): ExportSource {
  const slots = matchingSlots(database, index, request.filter, request.agentScope);
  const head = readLastEntry(database);
  const seal = database
    .prepare('SELECT seq, hash, at, public_key AS publicKey, signature FROM seals ORDER BY seq DESC LIMIT 1')
    .get() as Seal | undefined;
  const step = async (written: number) => {
    control.signal?.throwIfAborted();
    control.onProgress?.(written, slots.length);
    await nextTurn();
  };
  const read = lineReader(database, index);
  async function* lines() {
    for (let start = 0; start < slots.length; start += CHUNK_LINES) {
      await step(start);
      yield Array.from(slots.subarray(start, start + CHUNK_LINES), read);
    }
    await step(slots.length);
  }
  return { database, index, request, slots, head: { seq: head?.seq ?? 0, hash: head?.hash ?? '' }, lastSeal: seal ?? null, lines, step };
}

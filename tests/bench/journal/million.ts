import { intentParts, outcomeParts } from '../../../electron/journal/event-parts';
import type { SealKey } from '../../../electron/journal';
import { openForWriting } from '../../../electron/journal/journal-database';
import { JournalWriter, type NewEntry, systemSalts } from '../../../electron/journal/writer';
import type { Metric } from '../metric';
import { makeIntent, makeOutcome } from './rows';

export const CALLS = 500_000;
const CALLS_PER_TRANSACTION = 10_000;
/** Two years of calls, so that a period is a real filter. */
const CALL_EVERY_MS = (2 * 365 * 86_400_000) / CALLS;

/** A million rows (half a million calls) through the real writer, in few large transactions. */
export function buildMillion(path: string, sealKey: SealKey): Metric {
  const startedAt = performance.now();
  const database = openForWriting(path);
  const from = Date.now() - CALLS * CALL_EVERY_MS;
  let call = 0;
  const clock = { now: () => from + call * CALL_EVERY_MS, monotonic: () => performance.now() };
  const writer = new JournalWriter({ database, clock, sealKey, offsetMinutes: () => 60, saltSource: systemSalts, onCommitted: () => undefined });
  while (call < CALLS) {
    const entries: NewEntry[] = [];
    for (let index = 0; index < CALLS_PER_TRANSACTION; index += 1, call += 1) {
      entries.push({ event: 'call.intent', intent: null, parts: intentParts(makeIntent(call), 'POSTE-1') });
      entries.push({ event: 'call.outcome', intent: call * 2 + 1, parts: outcomeParts(makeOutcome(call)) });
    }
    writer.write(entries);
  }
  writer.close();
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return { metric: 'build_million_rows_s', value: (performance.now() - startedAt) / 1_000, unit: 's' };
}

import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, it } from 'vitest';

import type { Head } from '../../../electron/journal/format';
import type { JournalWriteError } from '../../../electron/journal/index';
import { openForReading, openForWriting } from '../../../electron/journal/journal-database';
import { JournalWriter, systemSalts } from '../../../electron/journal/writer';
import { LogFlush } from '../../../electron/storage/log-flush';
import { makeBench } from './support';

const entry = { event: 'session.opened', intent: null, parts: { words: '{"detail":"x"}' } } as const;

/** The real log, whose flushes end when the test says so. */
class HeldLog extends LogFlush {
  readonly held: { readonly end: () => void; readonly break: (error: Error) => void }[] = [];
  flushedAtOnce = 0;
  #begun: () => void = () => undefined;

  override async flush(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.held.push({ end: resolve, break: reject });
      this.#begun();
    });
    await super.flush();
  }

  override flushNow(): void {
    this.flushedAtOnce += 1;
    super.flushNow();
  }

  /** The flush of this number, once it has begun. */
  async nth(number: number) {
    while (this.held.length < number) await new Promise<void>((resolve) => (this.#begun = resolve));
    const flush = this.held[number - 1];
    if (!flush) throw new Error('no such flush');
    return flush;
  }
}

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function openWriter() {
  const bench = makeBench();
  const database = openForWriting(bench.path);
  const log = new HeldLog(database);
  const told: Head[] = [];
  const { sealKey } = bench.options;
  const writer = new JournalWriter({ database, clock: bench.clock, sealKey, offsetMinutes: () => 0, saltSource: systemSalts, onCommitted: (head) => told.push(head), log });
  const reader = openForReading(bench.path);
  endings.push(() => {
    reader.close();
    log.close();
    database.close();
  });
  const countRows = () => (reader.prepare('SELECT count(*) AS n FROM entries').get() as { n: number }).n;
  return { writer, log, told, countRows, path: bench.path };
}

/** What a promise has come to once the loop has turned. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  return Promise.race([promise.catch((error: JournalWriteError) => error.reason), new Promise((resolve) => setImmediate(resolve, 'waiting'))]);
}

describe('a row under flush', () => {
  it('is acknowledged, and its head told, once the flush has ended and not before', async () => {
    const { writer, log, told, countRows } = openWriter();
    const row = writer.append(entry);
    const flush = await log.nth(1);
    expect(countRows()).toBe(1);
    const settled = writer.settled();
    expect([await stateOf(row), await stateOf(settled)]).toEqual(['waiting', 'waiting']);
    expect(told).toEqual([]);
    flush.end();
    await settled;
    expect(await row).toEqual({ seq: 1 });
    expect(told).toEqual([writer.head]);
  });

  it('lets those that come meanwhile share the next flush, in their order', async () => {
    const { writer, log } = openWriter();
    const first = writer.append(entry);
    const flush = await log.nth(1);
    const next = Promise.all([writer.append(entry), writer.append(entry), writer.append(entry)]);
    expect(await stateOf(next)).toBe('waiting');
    flush.end();
    await first;
    (await log.nth(2)).end();
    expect(await next).toEqual([{ seq: 2 }, { seq: 3 }, { seq: 4 }]);
    expect(log.held).toHaveLength(2);
  });

  it('is brought to the disk at once by a seal, whose row was sealed before', async () => {
    const { writer, log } = openWriter();
    writer.write(Array.from({ length: 999 }, () => entry));
    const thousandth = writer.append(entry);
    const flush = await log.nth(1);
    writer.sealHead();
    expect(log.flushedAtOnce).toBe(1);
    flush.end();
    expect(await thousandth).toEqual({ seq: 1_000 });
  });

  it('never has an older head told after a newer one, nor the close wait for it', async () => {
    const { writer, log, told, path } = openWriter();
    const first = writer.append(entry);
    const flush = await log.nth(1);
    const second = writer.append(entry);
    writer.flush();
    writer.close();
    expect(await second).toEqual({ seq: 2 });
    expect(told.map(({ seq }) => seq)).toEqual([2]);
    flush.end();
    expect(await first).toEqual({ seq: 1 });
    expect(told.map(({ seq }) => seq)).toEqual([2]);
    const again = new DatabaseSync(path, { readOnly: true });
    expect(again.prepare('SELECT count(*) AS n FROM entries').get()).toMatchObject({ n: 2 });
    again.close();
  });
});

describe('a flush that fails', () => {
  it('rejects its rows, and every one after them until another start, with the head left untold', async () => {
    const { writer, log, told } = openWriter();
    const rows = [writer.append(entry), writer.append(entry)];
    const flush = await log.nth(1);
    const meanwhile = writer.append(entry);
    flush.break(new Error('ENOSPC: no space left on device, fdatasync'));
    expect(await Promise.all(rows.map(stateOf))).toEqual(['disk_full', 'disk_full']);
    await expect(meanwhile).rejects.toMatchObject({ reason: 'closed' });
    await expect(writer.append(entry)).rejects.toMatchObject({ reason: 'closed' });
    expect(() => writer.write([entry])).toThrow(expect.objectContaining({ reason: 'closed' }) as Error);
    expect(() => writer.sealHead()).toThrow(expect.objectContaining({ reason: 'closed' }) as Error);
    expect(told).toEqual([]);
    expect(log.held).toHaveLength(1);
  });

  it('writes nothing when the log cannot be opened, and goes on once it can', async () => {
    const { writer, log, countRows } = openWriter();
    const prepare = log.prepare.bind(log);
    log.prepare = () => {
      throw new Error('EACCES: permission denied, open');
    };
    await expect(writer.append(entry)).rejects.toMatchObject({ reason: 'read_only' });
    expect(countRows()).toBe(0);
    log.prepare = prepare;
    const row = writer.append(entry);
    (await log.nth(1)).end();
    expect(await row).toEqual({ seq: 1 });
  });
});

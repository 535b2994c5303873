import { afterEach, describe, expect, it, vi } from 'vitest';

import { openJournalReader, startUpkeep, type TimestampAuthority } from '../../../electron/journal/index';
import { makeBench, recordCall } from './support';

const DAY_MS = 86_400_000;

async function makeOld() {
  const bench = makeBench();
  bench.clock.at = Date.now() - 40 * 31 * DAY_MS;
  const journal = bench.open();
  for (let index = 0; index < 700; index += 1) void recordCall(journal);
  await recordCall(journal);
  bench.clock.at = Date.now() - 8 * DAY_MS;
  await journal.record({ event: 'session.opened' });
  bench.clock.at = Date.now();
  const errors: unknown[] = [];
  const upkeepOf = (authority: TimestampAuthority | null, months = 0) =>
    startUpkeep({ journal, clock: bench.clock, authority, retentionMonths: () => months, checkFile: () => Promise.resolve(), logError: (_place, error) => errors.push(error) });
  const countOf = (event: string) => {
    const reader = openJournalReader(bench.path);
    const { lines } = reader.search({ filter: {}, limit: 2_000 });
    reader.close();
    return lines.filter((line) => line.event === event).length;
  };
  return { bench, journal, errors, upkeepOf, countOf };
}

afterEach(() => vi.useRealTimers());

describe('upkeep', () => {
  it('deletes what is past retention at the start, once a day, and says so', async () => {
    const { journal, errors, upkeepOf, countOf } = await makeOld();
    const upkeep = upkeepOf(null);
    await upkeep.runDue();
    expect(countOf('call.intent')).toBe(0);
    expect(countOf('journal.purged')).toBe(1);
    await upkeep.close();
    journal.close();
    expect(errors).toEqual([]);
  });

  it('goes on once a day by a clock that was set back by years', async () => {
    const { bench, journal, errors } = await makeOld();
    let readings = 0;
    const checkFile = () => Promise.resolve(void (readings += 1));
    const upkeep = startUpkeep({ journal, clock: bench.clock, authority: null, retentionMonths: () => 36, checkFile, logError: (_place, error) => errors.push(error) });
    bench.clock.at -= 5 * 365 * DAY_MS;
    await upkeep.runDue();
    expect(readings).toBe(1);
    bench.clock.at += DAY_MS;
    await upkeep.runDue();
    expect(readings).toBe(2);
    await upkeep.close();
    journal.close();
    expect(errors).toEqual([]);
  });

  it('keeps what a longer policy keeps', async () => {
    const { journal, upkeepOf, countOf } = await makeOld();
    const upkeep = upkeepOf(null, 60);
    await upkeep.close();
    expect(countOf('call.intent')).toBe(701);
    journal.close();
  });

  it('tries a silent authority again, and goes on without it', async () => {
    const { bench, journal, errors, upkeepOf } = await makeOld();
    let asked = 0;
    const authority = { url: new URL('http://127.0.0.1/'), post: () => ((asked += 1), Promise.reject(new Error('silent'))) };
    const upkeep = upkeepOf(authority);
    await upkeep.runDue();
    expect(asked).toBe(2);
    expect(errors).toHaveLength(2);
    bench.clock.at += DAY_MS;
    await expect(recordCall(journal)).resolves.toBeGreaterThan(0);
    await upkeep.close();
    expect(asked).toBe(3);
    journal.close();
  });

  it('waits for a mute authority five seconds at most when closing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { journal, upkeepOf } = await makeOld();
    let wasAsked = () => {};
    const asked = new Promise<void>((resolve) => (wasAsked = resolve));
    const post = () => (wasAsked(), new Promise<never>(() => undefined));
    const upkeep = upkeepOf({ url: new URL('http://127.0.0.1/'), post });
    let closed = false;
    const closing = upkeep.close().then(() => (closed = true));
    await asked;
    await vi.advanceTimersByTimeAsync(4_999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await closing;
    journal.close();
  });
});

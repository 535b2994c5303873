import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clockStateFrom, confirmed, seen, stamped } from '../../../electron/journal/clock-state';
import { startClockWatch, type Journal } from '../../../electron/journal/index';
import { openForReading } from '../../../electron/journal/journal-database';
import { overwritePage } from '../../support/damage';
import { type Bench, makeBench } from './support';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
const TRUE_TIME = Date.parse('2026-03-10T09:00:00Z');

const isStopped = (journal: Journal): boolean => journal.callStop()?.reason === 'clock';

/** By the service, or by this machine's own since the last start. */
const CONFIRMED = "event = 'clock.confirmed' AND (json_extract(result, '$.data.by') = 'service' OR seq > (SELECT max(seq) FROM entries WHERE event IN ('journal.created', 'journal.opened')))";

/** The rule itself, read in the file: the latest date of a row since the last confirmation. */
function latestSinceConfirmation(path: string): number {
  const database = openForReading(path);
  const { at } = database.prepare(`SELECT max(at) AS at FROM entries WHERE seq >= coalesce((SELECT max(seq) FROM entries WHERE ${CONFIRMED}), 0)`).get() as { at: number };
  database.close();
  return at;
}

/** What an office may do to its clock; `unwritten`: it is set while no row can be written; `kill`: a start after a stop without warning. */
type Act = { readonly kind: 'pass' | 'skew' | 'unwritten'; readonly ms: number } | { readonly kind: 'write' | 'look' | 'restart' | 'kill' | 'ask' | 'askSandbox' | 'unreachable' };

const shift = fc.oneof(fc.integer({ min: -3 * MINUTE_MS, max: 3 * MINUTE_MS }), fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS }), fc.integer({ min: -20 * YEAR_MS, max: 20 * YEAR_MS }));
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms: fc.oneof(fc.integer({ min: 0, max: MINUTE_MS }), fc.integer({ min: 0, max: YEAR_MS })) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('skew' as const), ms: shift }) },
  fc.record({ kind: fc.constant('unwritten' as const), ms: shift }),
  fc.record({ kind: fc.constant('skew' as const), ms: fc.constant(0) }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('write' as const, 'look' as const, 'restart' as const, 'kill' as const, 'ask' as const, 'askSandbox' as const, 'unreachable' as const) }) },
);

class Office {
  readonly bench: Bench = makeBench();
  journal = this.bench.open();
  #trueTime = TRUE_TIME;
  #skew = 0;

  async do(one: Act): Promise<void> {
    if (one.kind === 'pass') this.#trueTime += one.ms;
    if (one.kind === 'skew' || one.kind === 'unwritten') this.#skew = one.ms;
    this.bench.clock.at = Math.max(0, this.#trueTime + this.#skew);
    if (one.kind === 'unwritten') await this.#failToWrite();
    if (one.kind === 'write') await this.journal.record({ event: 'session.opened' });
    if (one.kind === 'look') this.journal.clock.look();
    if (one.kind === 'restart') this.journal.close();
    if (one.kind === 'restart' || one.kind === 'kill') this.journal = this.bench.open();
    if (one.kind === 'ask') await this.journal.clock.noteServedTime(this.#trueTime, 'service');
    if (one.kind === 'askSandbox') await this.journal.clock.noteServedTime(this.bench.clock.at, 'this_machine');
    if (one.kind === 'unreachable') await this.journal.clock.noteServedTime(null, 'service');
    // What stands in the file is what a start finds.
    await this.journal.record({ event: 'data.copied' });
  }

  get isRight(): boolean {
    return Math.abs(this.#skew) <= 5 * MINUTE_MS;
  }

  async #failToWrite(): Promise<void> {
    const other = new DatabaseSync(this.bench.path);
    other.exec("CREATE TRIGGER nothing_is_written BEFORE INSERT ON entries BEGIN SELECT raise(ABORT, 'database or disk is full'); END");
    await expect(this.journal.record({ event: 'session.opened' })).rejects.toMatchObject({ reason: 'disk_full' });
    other.exec('DROP TRIGGER nothing_is_written');
    other.close();
  }
}

describe('a clock behind the rows', () => {
  it('stops calls, always and only, until it is where it was or confirmed, whatever starts come in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const office = new Office();
        for (const one of acts) {
          await office.do(one);
          const now = office.bench.clock.at;
          const dueAt = latestSinceConfirmation(office.bench.path);
          if (now < dueAt - MINUTE_MS) expect(isStopped(office.journal)).toBe(true);
          if (now >= dueAt) expect(isStopped(office.journal)).toBe(false);
          if (one.kind === 'askSandbox' || (one.kind === 'ask' && office.isRight)) expect(isStopped(office.journal)).toBe(false);
        }
        office.journal.close();
      }),
      {
        numRuns: 150,
        examples: [[[{ kind: 'skew', ms: 1136 }, { kind: 'skew', ms: 0 }, { kind: 'kill' }, { kind: 'skew', ms: -58_865 }]], [[{ kind: 'skew', ms: 50_000 }, { kind: 'skew', ms: 0 }, { kind: 'restart' }, { kind: 'kill' }, { kind: 'skew', ms: -30_000 }]]],
      },
    );
  }, 60_000);

  it('never keeps a right clock waiting once it was asked, whatever the rows say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: TRUE_TIME + 30 * YEAR_MS })), fc.integer({ min: 0, max: 10 * YEAR_MS }), (dates, later) => {
        expect(seen(confirmed(clockStateFrom(TRUE_TIME, 0), TRUE_TIME, 'service'), TRUE_TIME + later).isBehind).toBe(false);
        const state = dates.reduce(stamped, clockStateFrom(0, 0));
        expect(seen(state, state.dueAt + later).isBehind).toBe(false);
        expect(seen(state, state.dueAt - MINUTE_MS - 1).isBehind).toBe(true);
      }),
    );
  });

  it('is said by how much and since which date, with what the service answered and what to do', async () => {
    const bench = makeBench();
    const journal = bench.open();
    bench.clock.at -= 3 * HOUR_MS;
    expect(journal.callStop()?.message).toMatch(/^L’horloge de ce poste est en retard de 3 heures sur la dernière date écrite dans l’historique \(10\/03\/2026 10:00\)/);
    expect(journal.callStop()?.advice).toMatch(/^L’application demande l’heure au service/);
    await journal.clock.noteServedTime(null, 'service');
    expect(journal.callStop()?.advice).toMatch(/^Le service n’a pas pu être joint pour confirmer l’heure \(dernier essai : 10\/03\/2026 07:00\)/);
    await journal.clock.noteServedTime(TRUE_TIME, 'service');
    expect(journal.callStop()?.advice).toMatch(/^L’heure du service est 10\/03\/2026 10:00, celle de ce poste 10\/03\/2026 07:00 : mettez ce poste à l’heure/);
    bench.clock.at = TRUE_TIME - MINUTE_MS / 2;
    expect(isStopped(journal)).toBe(true);
    bench.clock.at = TRUE_TIME;
    expect(isStopped(journal)).toBe(false);
    journal.close();
  });

  it('is said in the same words while seconds pass: whoever keeps them has nothing to write', () => {
    const bench = makeBench();
    const journal = bench.open();
    bench.clock.at -= 2 * MINUTE_MS;
    const words = new Set<string | undefined>();
    for (let second = 0; second < 119; second += 1) {
      bench.clock.at += 1_000;
      words.add(journal.callStop()?.message);
    }
    expect([...words]).toEqual([expect.stringMatching(/en retard de moins de deux minutes sur la dernière date/) as string]);
    journal.close();
  });

  it('that was ahead for years is confirmed in one row, and the next starts and jumps count from there', async () => {
    const bench = makeBench();
    bench.clock.at = TRUE_TIME + 9 * YEAR_MS;
    let journal = bench.open();
    await journal.record({ event: 'session.opened' });
    journal.close();
    bench.clock.at = TRUE_TIME;
    journal = bench.open();
    expect(isStopped(journal)).toBe(true);
    await journal.clock.noteServedTime(TRUE_TIME - 2_000, 'service');
    expect(isStopped(journal)).toBe(false);
    journal.close();
    journal = bench.open();
    expect(isStopped(journal)).toBe(false);
    bench.clock.at -= HOUR_MS;
    expect(isStopped(journal)).toBe(true);
    journal.close();
    const database = new DatabaseSync(bench.path);
    const told = database.prepare("SELECT result FROM entries WHERE event = 'clock.confirmed'").all() as { result: string }[];
    database.close();
    expect(told.map(({ result }) => JSON.parse(result) as unknown)).toEqual([{ data: { aheadSeconds: (9 * YEAR_MS) / 1_000, by: 'service', gapSeconds: 2 }, outcome: 'success' }]);
  });

  it('that cannot be written as confirmed keeps calls waiting', async () => {
    const bench = makeBench();
    const journal = bench.open();
    bench.clock.at -= HOUR_MS;
    expect(isStopped(journal)).toBe(true);
    await journal.record({ event: 'session.opened' });
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    await expect(journal.clock.noteServedTime(bench.clock.at, 'service')).rejects.toMatchObject({ reason: 'locked' });
    expect(isStopped(journal)).toBe(true);
    other.exec('ROLLBACK');
    other.close();
    await journal.clock.noteServedTime(bench.clock.at, 'service');
    expect(isStopped(journal)).toBe(false);
    journal.close();
  });
});

describe('a clock set back while another program holds the journal', () => {
  it('is told before the first row that can be written again, for a later start to know', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    bench.clock.at -= 3 * DAY_MS;
    await expect(journal.record({ event: 'session.opened' })).rejects.toMatchObject({ reason: 'locked' });
    other.exec('ROLLBACK');
    await journal.record({ event: 'data.copied' });
    const told = other.prepare('SELECT event FROM entries ORDER BY seq').all();
    other.close();
    expect(told).toEqual([{ event: 'journal.created' }, { event: 'clock.set_back' }, { event: 'data.copied' }]);
    const later = bench.open();
    expect(isStopped(later)).toBe(true);
    later.close();
  });
});

describe('what rows that were tampered with say of the clock', () => {
  it.each([
    ['nothing', '{"data":null}', false],
    ['a word', '{"data":{"clockDueAt":"demain"}}', false],
    ['a date that no calendar has', '{"data":{"clockDueAt":1e17}}', true],
  ])('%s, keeps no journal from opening', (_what, result, isLate) => {
    const bench = makeBench();
    bench.open().close();
    const database = new DatabaseSync(bench.path);
    database.exec('DROP TRIGGER entries_do_not_change');
    database.prepare("UPDATE entries SET result = ? WHERE event = 'journal.closed'").run(result);
    database.close();
    const journal = bench.open();
    expect(isStopped(journal)).toBe(isLate);
    journal.close();
  });
});

describe('a journal that takes the place of another', () => {
  it('waits for the same date where rows of the damaged one can still be read', async () => {
    const bench = makeBench();
    bench.open().close();
    const database = new DatabaseSync(bench.path);
    const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'retention'").get() as { rootpage: number };
    database.close();
    overwritePage(bench.path, rootpage - 1);
    bench.clock.at -= 3 * DAY_MS;
    let journal = bench.open();
    expect(journal.openingNotices).not.toEqual([]);
    expect(isStopped(journal)).toBe(true);
    journal.close();
    journal = bench.open();
    expect(isStopped(journal)).toBe(true);
    await journal.clock.noteServedTime(bench.clock.at, 'service');
    expect(isStopped(journal)).toBe(false);
    journal.close();
  });
});

describe('the watch of the clock', () => {
  it('asks at once when calls wait, once at a time, and nothing while they do not', async () => {
    const bench = makeBench();
    const journal = bench.open();
    let asked = 0;
    let isHeldOff = false;
    let answer: (date: string | null) => void = () => undefined;
    const readServerDate = () => ((asked += 1), new Promise<string | null>((resolve) => (answer = resolve)));
    const errors: unknown[] = [];
    const watch = startClockWatch({ journal, clock: bench.clock, isHeldOff: () => isHeldOff, readServerDate, servedBy: () => 'service', logError: (_place, error) => errors.push(error) });
    await watch.check();
    expect(asked).toBe(0);
    bench.clock.at -= HOUR_MS;
    const both = Promise.all([watch.check(), watch.check()]);
    expect(asked).toBe(1);
    answer(new Date(bench.clock.at).toUTCString());
    await both;
    expect(isStopped(journal)).toBe(false);
    bench.clock.at -= HOUR_MS;
    const third = watch.check();
    answer('pas une date');
    await third;
    expect(journal.callStop()?.advice).toMatch(/^Le service n’a pas pu être joint/);
    isHeldOff = true;
    await watch.check();
    expect(asked).toBe(2);
    expect(journal.callStop()).toMatchObject({ isBeingAsked: true, advice: expect.stringMatching(/^Le service tient sans doute l’adresse de ce réseau à l’écart/) as string });
    isHeldOff = false;
    const fourth = watch.check();
    expect(asked).toBe(3);
    answer(new Date(bench.clock.at).toUTCString());
    await fourth;
    expect(isStopped(journal)).toBe(false);
    expect(errors).toEqual([]);
    watch.close();
    journal.close();
  });
});

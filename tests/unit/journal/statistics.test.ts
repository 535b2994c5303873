import { afterEach, beforeEach, expect, it } from 'vitest';

import { countBy, countByDay } from '../../../renderer/features/journal/statistics-groups';
import { openJournalReader } from '../../../electron/journal/index';
import { type Statistics, statistics } from '../../../electron/journal/statistics';
import type { JournalFilter, JournalOutcome } from '../../../shared/domain/journal';
import { type Bench, makeBench, recordCall } from './support';

/** Day and hour in Paris, agent, token, endpoint, provider, outcome: as counted by hand in the tests below. */
const calls = [
  // The clocks of the summer: 22:30 UTC is half past midnight of the next day.
  ['2026-07-14T22:30:00Z', 'alix', 'hab-1', 'insee.unite_legale.v4', 'insee', 'success'],
  ['2026-07-15T08:00:00Z', 'alix', 'hab-1', 'insee.unite_legale.v4', 'insee', 'success'],
  ['2026-07-15T08:00:30Z', 'bruno', 'hab-1', 'insee.unite_legale.v4', 'insee', 'failure'],
  ['2026-07-15T08:01:10Z', 'bruno', 'hab-2', 'urssaf.attestation_vigilance.v4', 'urssaf', 'success'],
  // Those of the winter: it is still the day before.
  ['2026-11-24T22:30:00Z', 'alix', 'hab-1', 'insee.unite_legale.v4', 'insee', 'success'],
  ['2026-11-24T23:30:00Z', 'alix', 'hab-2', 'urssaf.attestation_vigilance.v4', 'urssaf', 'failure'],
] as const;

const zone = process.env['TZ'];
let bench: Bench;

beforeEach(async () => {
  process.env['TZ'] = 'Europe/Paris';
  bench = makeBench();
  bench.clock.at = Date.parse('2026-07-14T08:00:00Z');
  const journal = bench.open();
  for (const [at, agent, habilitationId, endpointId, provider, outcome] of calls) {
    bench.clock.at = Date.parse(at);
    await recordCall(journal, { agent: { id: agent, displayName: agent }, habilitationId, endpointId, provider }, outcome === 'success' ? {} : { outcome, httpStatus: 502, code: '01001', detail: 'Le fournisseur n’a pas répondu.' });
  }
  journal.close();
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function figures(filter: JournalFilter = {}, agentScope?: string): Statistics {
  const reader = openJournalReader(bench.path);
  try {
    return statistics(reader.database, reader.index, { filter: { kind: 'calls', ...filter }, agentScope });
  } finally {
    reader.close();
  }
}

it('every call counts once, on the day that clocks in France showed, in summer and in winter', () => {
  const { rows, total } = figures();
  expect(total).toBe(6);
  const seen = countByDay(rows).filter(({ success, failure }) => success + failure > 0);
  expect(seen.map(({ day, success, failure }) => [day, success, failure])).toEqual([['2026-07-15', 3, 1], ['2026-11-24', 1, 0], ['2026-11-25', 0, 1]]);
});

it('the shares are those of a count by hand', () => {
  const { rows } = figures();
  const shares = (dimension: Parameters<typeof countBy>[1]) => Object.fromEntries(countBy(rows, dimension).map(({ key, count }) => [key, count]));
  expect(shares('provider')).toEqual({ insee: 4, urssaf: 2 });
  expect(shares('endpointId')).toEqual({ 'insee.unite_legale.v4': 4, 'urssaf.attestation_vigilance.v4': 2 });
  expect(shares('agentId')).toEqual({ alix: 4, bruno: 2 });
  expect(shares('habilitationId')).toEqual({ 'hab-1': 4, 'hab-2': 2 });
  expect(shares('outcome')).toEqual({ success: 4, failure: 2 } satisfies Partial<Record<JournalOutcome, number>>);
});

it('reasons and quota are counted per provider, per token and in their busiest minute', () => {
  const { reasons, quotaUse } = figures();
  expect(reasons.map(({ provider, code, count }) => [provider, code, count])).toEqual([['urssaf', '01001', 1], ['insee', '01001', 1]]);
  const used = quotaUse.map(({ habilitationId, callCount, busiestMinuteCalls, busiestMinuteAt }) => [habilitationId, callCount, busiestMinuteCalls, busiestMinuteAt]);
  expect(used).toEqual([['hab-1', 4, 2, '2026-07-15T08:00:00.000Z'], ['hab-2', 2, 1, '2026-07-15T08:01:00.000Z']]);
});

it('a period and an agent’s own lines are counted alone', () => {
  expect(figures({ from: '2026-11-24T23:00:00.000Z' }).total).toBe(1);
  expect(figures({}, 'bruno').total).toBe(2);
  expect(figures({ outcome: 'failure' }, 'bruno').rows).toMatchObject([{ agentId: 'bruno', day: '2026-07-15', count: 1 }]);
});

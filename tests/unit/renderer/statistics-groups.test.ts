import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countBy, countByDay, type Dimension } from '../../../renderer/features/journal/statistics-groups';
import type { StatisticsRow } from '../../../shared/domain/journal';

const day = fc.date({ min: new Date('2025-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const row: fc.Arbitrary<StatisticsRow> = fc.record({
  day,
  agentId: fc.option(fc.constantFrom('a1', 'a2')),
  agentName: fc.constant(null),
  provider: fc.option(fc.constantFrom('insee', 'dgfip', 'urssaf')),
  endpointId: fc.option(fc.constantFrom('insee.unite_legale.v4', 'dgfip.chiffres_affaires.v3')),
  habilitationId: fc.option(fc.constantFrom('h1', 'h2')),
  outcome: fc.constantFrom('success', 'failure', 'refused', 'interrupted'),
  count: fc.integer({ min: 1, max: 500 }),
});
const rows = fc.array(row, { maxLength: 60 });
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

test('whatever they are shared by, no line is lost and none counts twice', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom<Dimension>('provider', 'endpointId', 'outcome', 'habilitationId', 'agentId'), (all, dimension) => {
      const groups = countBy(all, dimension);
      expect(sumOf(groups.map(({ count }) => count))).toBe(sumOf(all.map(({ count }) => count)));
      expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
      expect(groups.map(({ count }) => count)).toEqual([...groups.map(({ count }) => count)].sort((left, right) => right - left));
    }),
  );
});

test('every day of the period has its entry, in order, and the sums agree', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const days = countByDay(all);
      expect(sumOf(days.map(({ success, failure, refused, interrupted }) => success + failure + refused + interrupted))).toBe(sumOf(all.map(({ count }) => count)));
      days.slice(1).forEach((entry, index) => expect(Date.parse(entry.day) - Date.parse(days[index]?.day ?? '')).toBe(86_400_000));
    }),
  );
});

test('a period without a line shows its empty days', () => {
  expect(countByDay([], '2026-02-27', '2026-03-02').map(({ day: shown }) => shown)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
});

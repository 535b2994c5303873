import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { widths } from '../../../renderer/features/company/section-widths';
import { momentsOf, sheetAt } from '../../../renderer/features/company/sheet-moments';

const at = (endpointId: string, second: number) => ({
  endpointId,
  identifier: '299031112',
  parameters: {},
  receivedAt: new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString(),
});

describe('moments of a sheet', () => {
  it('makes one reading of what arrived together, two of what was asked again', () => {
    const history = [at('a', 0), at('b', 2), at('a', 5), at('c', 300)];
    expect(momentsOf(history)).toEqual([at('c', 300), at('a', 5), at('b', 2)].map(({ receivedAt }) => receivedAt));
  });

  it('shows at each moment the newest answer that had come', () => {
    const history = [at('a', 5), at('b', 2), at('a', 0)];
    expect([...sheetAt(history, at('b', 2).receivedAt).values()].map(({ receivedAt }) => receivedAt)).toEqual([at('a', 0).receivedAt, at('b', 2).receivedAt]);
  });

  it('tells apart any two answers to one call, whatever their order', () => {
    const answers = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c'), second: fc.integer({ min: 0, max: 600 }) }), {
      maxLength: 20,
      selector: ({ second }) => second,
    });
    fc.assert(
      fc.property(answers, (list) => {
        const history = list.map(({ id, second }) => at(id, second));
        const moments = momentsOf(history);
        for (const answer of history) {
          const seen = moments.some((moment) => sheetAt(history, moment).get(`${answer.endpointId} 299031112 []`)?.receivedAt === answer.receivedAt);
          expect(seen).toBe(true);
        }
      }),
    );
  });
});

describe('widths of the cards', () => {
  it('leave no hole and narrow nothing that needs room', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (needed) => {
        const wide = widths(needed);
        needed.forEach((need, rank) => need && expect(wide[rank]).toBe(true));
        let column = 0;
        for (const isWide of wide) {
          if (isWide) expect(column).toBe(0);
          else column = 1 - column;
        }
        expect(column).toBe(0);
      }),
    );
  });
});

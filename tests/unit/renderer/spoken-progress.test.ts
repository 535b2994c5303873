import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { spokenProgress } from '../../../renderer/components/spoken-words';

const root = join(import.meta.dirname, '../../..');

describe('what is spoken of a long work', () => {
  it('changes at most four times, whatever its number of steps, and ends whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (total) => {
        const spoken = Array.from({ length: total + 1 }, (_, done) => spokenProgress(done, total));
        const changes = spoken.filter((words, rank) => words !== (spoken[rank - 1] ?? ''));
        expect(changes.length).toBeLessThanOrEqual(4);
        expect(spoken.at(0)).toBe('');
        expect(spoken.at(-1)).toMatch(/100/);
      }),
    );
  });

  it('is nothing while the number of steps is unknown', () => {
    expect(spokenProgress(0, 0)).toBe('');
  });
});

/** An element that speaks and whose words hold a count that goes up. */
const SPEAKING_COUNT = /(?:aria-live="(?:polite|assertive)"|role="status")[^>]*>[^<]*\{(?!spoken)[^}]*\b(?:done|written|received\w*|read)\b[^}]*\}/g;

it('no count that goes up stands in a region that speaks', async () => {
  const faults: string[] = [];
  for await (const file of glob('renderer/**/*.tsx', { cwd: root })) {
    for (const [found] of readFileSync(join(root, file), 'utf8').matchAll(SPEAKING_COUNT)) faults.push(`${file}: ${found}`);
  }
  expect(faults).toEqual([]);
});

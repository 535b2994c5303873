import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isRunMarked, markRun, unmarkRun } from '../../electron/headless/run-mark';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-mark-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the mark of a batch without a window', () => {
  it('stands while it runs, and is taken away by whoever opens the data after one that was killed', () => {
    expect(isRunMarked(folder)).toBe(false);
    markRun(folder);
    markRun(folder);
    expect(isRunMarked(folder)).toBe(true);
    unmarkRun(folder);
    unmarkRun(folder);
    expect(isRunMarked(folder)).toBe(false);
  });

  it('stops no start where it cannot be written', () => {
    const absent = join(folder, 'absente');
    expect(() => markRun(absent)).not.toThrow();
    expect(isRunMarked(absent)).toBe(false);
    expect(() => unmarkRun(absent)).not.toThrow();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fileHeadWitness } from '../../../electron/journal/index';

const headAt = (seq: number) => ({ seq, hash: seq.toString(16).padStart(64, '0') });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witness-'));
  path = join(folder, 'journal.head');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** What another start would read. */
const onDisk = () => fileHeadWitness(path).read();

it('is in the file at once for a row that comes alone, and soon for those of a burst', async () => {
  const witness = fileHeadWitness(path);
  witness.write(headAt(1));
  expect(onDisk()).toEqual(headAt(1));
  for (let seq = 2; seq <= 50; seq += 1) witness.write(headAt(seq));
  expect(witness.read()).toEqual(headAt(50));
  await vi.waitFor(() => expect(onDisk()).toEqual(headAt(50)));
  witness.close();
});

it('is in the file at the close, whatever was still to be written, and leaves nothing to be written after it', () => {
  vi.useFakeTimers();
  const witness = fileHeadWitness(path);
  witness.write(headAt(1));
  witness.write(headAt(2));
  witness.close();
  expect(onDisk()).toEqual(headAt(2));
  expect(vi.getTimerCount()).toBe(0);
});

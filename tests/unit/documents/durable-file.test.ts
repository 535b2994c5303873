import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { writeDurably } from '../../../electron/documents/durable-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'durable-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes pieces of any size in their order, and gives back the memory of each', async () => {
  const path = join(folder, 'file');
  const pieces = [1, 100_000, 400_000, 5_000, 0, 300_000].map((length, rank) => Buffer.alloc(length, rank + 1));
  const content = Buffer.concat(pieces);
  async function* come() {
    for (const piece of pieces) yield await Promise.resolve(piece);
  }
  await writeDurably(path, come());
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(pieces.map(({ length }) => length)).toEqual(pieces.map(() => 0));
});

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';

import { openLogFiles } from '../../electron/log-files';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-log-'));
  folders.push(folder);
  return folder;
}

const EVERYTHING = 100_000;

it('keeps the newest lines in order, in files of a bounded number and size', async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 64, max: 300 }), fc.integer({ min: 1, max: 4 }), async (lineLengths, maxBytes, fileCount) => {
      const folder = newFolder();
      const files = openLogFiles({ folder, maxBytes, fileCount });
      const lines = lineLengths.map((length, index) => `${index} `.padEnd(length, 'x'));
      lines.forEach(files.write);
      const kept = await files.recent(EVERYTHING);
      expect(kept).toEqual(lines.slice(lines.length - kept.length));
      expect(kept.at(-1)).toBe(lines.at(-1));
      const names = readdirSync(folder);
      expect(names.length).toBeLessThanOrEqual(fileCount);
      for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(maxBytes);
    }),
    { numRuns: 40 },
  );
});

it('goes on in the file of the last run, and counts what it holds', async () => {
  const folder = newFolder();
  const options = { folder, maxBytes: 40, fileCount: 3 };
  const first = openLogFiles(options);
  first.write('a'.repeat(30));
  await first.recent(1);
  const second = openLogFiles(options);
  second.write('b'.repeat(30));
  expect(await second.recent(2)).toEqual(['a'.repeat(30), 'b'.repeat(30)]);
  expect(readFileSync(join(folder, 'instruire.1.log'), 'utf8')).toBe(`${'a'.repeat(30)}\n`);
});

it('is for its owner alone, even where a file was open to others', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'instruire.log'), 'x\n');
  chmodSync(join(folder, 'instruire.log'), 0o644);
  const files = openLogFiles({ folder, maxBytes: 10, fileCount: 3 });
  ['first line', 'second line', 'third line'].forEach(files.write);
  await files.recent(1);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

it('bears a disk that refuses, and writes again once it does not', async () => {
  const folder = newFolder();
  const files = openLogFiles({ folder });
  mkdirSync(join(folder, 'instruire.log'));
  files.write('lost');
  expect(await files.recent(1)).toEqual([]);
  rmSync(join(folder, 'instruire.log'), { recursive: true });
  files.write('kept');
  expect(await files.recent(1)).toEqual(['kept']);
});

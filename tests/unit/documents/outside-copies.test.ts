import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createOutsideCopies } from '../../../electron/documents';

let shared: string;
beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), 'instruire-copies-'));
});
afterEach(() => rmSync(shared, { recursive: true, force: true }));

async function* chunks(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('contenu'));
}

const isPosix = process.platform !== 'win32';

describe('clear copies lent to other programs', () => {
  it('are readable by their owner alone, and gone once cleared', async () => {
    const folder = join(shared, 'copies');
    const copies = createOutsideCopies(folder);
    const path = await copies.lend('attestation.pdf', chunks());
    expect(readFileSync(path, 'utf8')).toBe('contenu');
    if (isPosix) expect([folder, path].map((one) => statSync(one).mode & 0o077)).toEqual([0, 0]);
    copies.clear();
    expect(existsSync(folder)).toBe(false);
  });

  it.runIf(isPosix)('never go to a folder open to others, nor behind a link, and what is there stays', async () => {
    const open = join(shared, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    writeFileSync(join(open, 'à autrui'), 'x');
    const link = join(shared, 'link');
    symlinkSync(open, link);
    for (const folder of [open, link]) {
      const copies = createOutsideCopies(folder);
      await expect(copies.lend('attestation.pdf', chunks())).rejects.toThrow(/appartient à quelqu’un d’autre/);
      copies.clear();
      expect(existsSync(join(open, 'à autrui'))).toBe(true);
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { appFile } from '../../electron/app-files';

let place: string;
let folder: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'instruire-scheme-'));
  folder = join(place, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(place, 'renderer-autre'));
  writeFileSync(join(folder, 'index.html'), 'page');
  writeFileSync(join(folder, 'assets', 'a b.js'), 'script');
  for (const secret of ['secret', 'renderer-autre/secret']) writeFileSync(join(place, secret), 'secret');
  symlinkSync(join(place, 'secret'), join(folder, 'assets', 'lien'));
  symlinkSync(place, join(folder, 'dossier'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const attacks = [
  ...['/../secret', '/..%2fsecret', '/%2e%2e/secret', '/%2e%2e%2fsecret', '/assets/../../secret', '/assets/%2e%2e/%2e%2e/secret', '//../secret', '/./../secret'],
  ...['/..%5csecret', '/..\\secret', '/assets%5c..%5c..%5csecret', '/%00/../secret', '/index.html%00', '/index.html%00.js'],
  ...['/../renderer-autre/secret', '/assets/lien', '/dossier/secret', '/%', '/%ff', '/%c0%ae%c0%ae/secret', '/%u002e%u002e/secret', '/%252e%252e/secret'],
  ...['', '/', '/assets', '/assets/', `/${'a'.repeat(100_000)}`, `/${'../'.repeat(10_000)}etc/hostname`, `/${'%2e%2e%2f'.repeat(10_000)}etc/hostname`],
];

describe('a path of app://', () => {
  it('gives the interface’s own files', async () => {
    expect(await readFile(appFile(folder, '/index.html') ?? '', 'utf8')).toBe('page');
    expect(await readFile(appFile(folder, '/assets/a%20b.js') ?? '', 'utf8')).toBe('script');
  });

  it.each(attacks.map((path) => [path.slice(0, 60), path] as const))('%s gives nothing else', async (_shown, path) => {
    const file = appFile(folder, path);
    if (file !== undefined) await expect(readFile(file)).rejects.toThrow(/EISDIR/);
  });

  it('never leaves the folder, whatever its parts', async () => {
    const part = fc.constantFrom('..', '.', '%2e%2e', '%2e', '/', '%2f', '\\', '%5c', '%00', 'secret', 'assets', 'lien', 'dossier', 'index.html', 'renderer-autre', '%', '%25', ':', '?');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const file = appFile(folder, `/${parts.join('')}`);
        const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
        expect(text).not.toBe('secret');
      }),
      { numRuns: 2_000 },
    );
  });
});

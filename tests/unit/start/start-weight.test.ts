import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** Characters of JavaScript that the window reads before its first screen; React alone is half of them. */
const FIRST_SCREEN_BUDGET = 420_000;
/** Features that may weigh on the first screen. */
const FIRST_FEATURES: ReadonlySet<string> = new Set(['session']);
/** Libraries that main reads at their first use: documents, archives, HTTP, identity providers, QR codes, tables. */
const READ_LATER = ['pdfkit', 'fontkit', 'yazl', 'undici', 'openid-client', 'oauth4webapi', 'qrcode', 'csv-stringify', 'csv-parse', 'yauzl', 'saxes', 'pdfjs-dist'];

const BUILD_TIMEOUT_MS = 120_000;

// As it is built for users.
beforeAll(() => void vi.stubEnv('NODE_ENV', 'production'));
afterAll(() => vi.unstubAllEnvs());

describe('what is read at the start', { timeout: BUILD_TIMEOUT_MS }, () => {
  it('is, in the window, the sign-in and nothing of the other features', async () => {
    const chunks = await chunksOf('renderer');
    const first = readWith(chunks, 'index.html');
    const modules = first.flatMap((chunk) => chunk.moduleIds.map(withoutRoot));
    const features = new Set(modules.flatMap((path) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? []));
    expect([...features].filter((feature) => !FIRST_FEATURES.has(feature))).toEqual([]);
    expect(modules.filter((path) => path === 'shared/ipc.ts' || path === 'renderer/app/screens.tsx')).toEqual([]);
    expect(first.reduce((sum, chunk) => sum + chunk.code.length, 0)).toBeLessThan(FIRST_SCREEN_BUDGET);
  });

  it('is, in the window, the styles of the components that the sign-in is drawn with, all of them and no other', async () => {
    const modules = readWith(await chunksOf('renderer'), 'index.html').flatMap((chunk) => chunk.moduleIds);
    const drawn = new Set(modules.flatMap((id) => /@mantine\/core\/esm\/components\/(\w+)\//.exec(id.replaceAll('\\', '/'))?.[1] ?? []));
    const styled = [...drawn].filter((name) => existsSync(resolve(root, `node_modules/@mantine/core/styles/${name}.layer.css`)));
    const read = [...readFileSync(resolve(root, 'renderer/app/first-styles.ts'), 'utf8').matchAll(/styles\/(\p{Lu}\w+)\.layer/gu)].map(([, name]) => name);
    expect(read.sort()).toEqual(styled.sort());
  });

  it('is, in main before the window, none of the application', async () => {
    const modules = readWith(await chunksOf('main'), 'electron/main.ts').flatMap((chunk) => chunk.moduleIds.map(withoutRoot));
    expect(modules.filter((path) => path.includes('node_modules/'))).toEqual([]);
    expect(modules).not.toContain('electron/compose.ts');
  });

  it('is, in main before the first answer, what is kept and nothing of what works on it', async () => {
    const modules = readWith(await chunksOf('main'), 'electron/start-electron.ts').flatMap((chunk) => chunk.moduleIds.map(withoutRoot));
    expect(modules).toContain('electron/composition/first-stores.ts');
    expect(modules.filter((path) => ['electron/compose.ts', 'electron/composition/stores.ts'].includes(path) || /^(shared\/(catalogue|reading)|electron\/(batches|http|quota)\/(?!schema))/.test(path))).toEqual([]);
  });

  it('is, in main behind the first screen, none of the libraries that a start does not use', async () => {
    const modules = readWith(await chunksOf('main'), 'electron/compose.ts').flatMap((chunk) => chunk.moduleIds.map(withoutRoot));
    const heavy = READ_LATER.filter((library) => modules.some((path) => path.includes(`node_modules/${library}/`)));
    expect(modules).toContain('electron/compose.ts');
    expect(heavy).toEqual([]);
    // Nor the whole contract: the sign-in screen asks a few of its channels.
    expect(modules).not.toContain('shared/ipc.ts');
  });
});

const built = new Map<string, Promise<readonly Rolldown.OutputChunk[]>>();

function chunksOf(mode: 'renderer' | 'main'): Promise<readonly Rolldown.OutputChunk[]> {
  const known = built.get(mode) ?? buildChunks(mode);
  built.set(mode, known);
  return known;
}

async function buildChunks(mode: string): Promise<readonly Rolldown.OutputChunk[]> {
  const result = await build({ configFile: resolve(root, 'vite.config.ts'), mode, logLevel: 'error', build: { write: false } });
  const outputs = [result].flat() as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output).filter((one) => one.type === 'chunk');
}

/** The chunk that holds this module and all that is read with it. */
function readWith(chunks: readonly Rolldown.OutputChunk[], module: string): readonly Rolldown.OutputChunk[] {
  const start = chunks.find(({ facadeModuleId, moduleIds }) => [facadeModuleId, ...moduleIds].some((id) => id?.endsWith(module)));
  if (!start) throw new Error(`no chunk holds ${module}`);
  const found = new Set([start]);
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = chunks.find(({ fileName }) => fileName === name);
      if (imported) found.add(imported);
    }
  }
  return [...found];
}

function withoutRoot(id: string): string {
  return id.replaceAll('\\', '/').replace(`${root}/`, '').replace('renderer/../', '');
}

// `npm run bench -- NAME`: the one way to measure. Prints `metric value unit` lines and keeps them as JSON.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'vite';

import { buildAll } from './build.mjs';
import { hasDisplay, runInDesktop } from './runtime/desktop.mjs';
import { projectRoot } from './runtime/paths.mjs';
import { ensureSystemPackages } from './runtime/system-packages.mjs';

const folder = join(projectRoot, 'tests/bench');
const names = readdirSync(folder).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length));
const name = process.argv[2];
if (!name || !names.includes(name)) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}

/** Benchmarks are TypeScript over the product's own sources: bundled once, then run by this Node. */
async function bundle() {
  const outDir = join(projectRoot, '.cache/bench');
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { [name]: join(folder, `${name}.bench.ts`) },
        output: { format: 'esm', entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}

const { run, needsWindow } = await import(pathToFileURL(await bundle()).href);
if (needsWindow && !hasDisplay()) {
  ensureSystemPackages(['x11-utils']);
  process.exit(await runInDesktop([process.execPath, import.meta.filename, name]));
}
if (needsWindow) await buildAll();
const metrics = await run();
for (const { metric, value, unit } of metrics) console.log(`${metric} ${Number(value.toPrecision(4))} ${unit}`);
const results = join(folder, 'results');
if (!existsSync(results)) mkdirSync(results, { recursive: true });
writeFileSync(join(results, `${name}.json`), `${JSON.stringify({ name, at: new Date().toISOString(), metrics }, null, 2)}\n`);
process.exit(0);

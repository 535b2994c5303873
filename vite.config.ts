import { builtinModules, createRequire } from 'node:module';
import { resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * One file for every bundle; `vite build --mode TARGET` chooses which:
 * renderer (browser code), preload (one CommonJS file, as the sandbox demands),
 * main (Electron's main process and its workers).
 * `node18` and `chrome114` are what the oldest supported runtime understands.
 */
const root = import.meta.dirname;

/**
 * The font is asked for with the page, not once the styles name it: text is laid out once, and no other font is looked for.
 * Nothing is drawn before the script has run: an empty page takes as long to draw as a full one.
 */
const firstDrawing: Plugin = {
  name: 'first-drawing',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) => {
      const font = Object.keys(bundle ?? {}).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
      return {
        html: html.replace('<script type="module"', '<script type="module" blocking="render"'),
        tags: font === undefined ? [] : [{ tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' }, injectTo: 'head' }],
      };
    },
  },
};

/** Entries of React as its own index files choose them in production. */
const reactEntries: Readonly<Record<string, string>> = {
  react: 'react/cjs/react.production.js',
  'react/jsx-runtime': 'react/cjs/react-jsx-runtime.production.js',
  'react-dom': 'react-dom/cjs/react-dom.production.js',
  'react-dom/client': 'react-dom/cjs/react-dom-client.production.js',
  scheduler: 'scheduler/cjs/scheduler.production.js',
};

/**
 * React comes as CommonJS: bundled as it is, its text is parsed twice at each start, and its exports are copied for each
 * file that imports them. Here it becomes modules like the others; nothing of its code changes.
 */
const reactAsModules: Plugin = {
  name: 'react-as-modules',
  enforce: 'pre',
  resolveId: (id) => (Object.hasOwn(reactEntries, id) ? resolve(root, 'node_modules', reactEntries[id] ?? '') : undefined),
  transform(code, id) {
    if (!/node_modules\/(?:react|react-dom|scheduler)\/cjs\//.test(id)) return undefined;
    const required = [...new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name))];
    const imports = required.map((name, index) => `import required${index} from '${name}';\n`).join('');
    const body = required.reduce((text, name, index) => text.replaceAll(`require("${name}")`, `required${index}`), code);
    const names = Object.keys(createRequire(import.meta.url)(id) as object);
    const exported = names.map((name, index) => `const exported${index} = exports.${name};\nexport { exported${index} as ${name} };\n`).join('');
    return { code: `${imports}const exports = {};\n${body}\n${exported}export default exports;\n`, map: null };
  },
};

const renderer: UserConfig = {
  root: resolve(root, 'renderer'),
  base: '/',
  plugins: [reactAsModules, react(), firstDrawing],
  build: {
    outDir: resolve(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    // Everything stays a file of app://, so that the CSP needs no data: for scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    // All that the first screen needs is one file: each more is a journey to the main process and back.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] } } },
  },
};

/**
 * pdfkit loads the metrics of the standard fonts with a `require` made at run time, which a bundle
 * cannot follow: they are imported instead.
 */
const bundledPdfFonts: Plugin = {
  name: 'bundled-pdf-fonts',
  transform(code, id) {
    if (!id.endsWith('pdfkit.node.mjs')) return undefined;
    const imports = new Set<string>();
    const bundled = code.replace(/require\$1\('#standard-fonts\/(\w+)'\)/g, (_, font: string) => {
      imports.add(`import standard${font} from 'pdfkit/standard-fonts/${font}';`);
      return `standard${font}`;
    });
    return { code: `${[...imports].join('\n')}\n${bundled}`, map: null };
  },
};

/**
 * electron-store brings a whole JSON Schema validator, for settings declared with a schema, and a comparison of versions, for
 * migrations. Ours are read by zod, as all that comes in: main does not read the others at each start.
 */
const plainSettings: Plugin = {
  name: 'plain-settings',
  enforce: 'pre',
  resolveId(id, importer) {
    return importer?.includes('node_modules/conf/') && /^(?:ajv|semver)\b/.test(id) ? '\0settings-are-plain' : undefined;
  },
  load(id) {
    if (id !== '\0settings-are-plain') return undefined;
    return "export class Ajv2020 { constructor() { throw new Error('settings declare neither schema nor migrations'); } }\nexport default () => undefined;";
  },
};

function nodeBundle(entries: Record<string, string>, outDir: string, emptyOutDir: boolean): UserConfig {
  return {
    plugins: [bundledPdfFonts, plainSettings],
    build: {
      ssr: true,
      outDir: resolve(root, outDir),
      emptyOutDir,
      target: 'node18',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        // The native module is loaded from node_modules; Electron and Node come with the runtime.
        external: ['electron', '@photostructure/sqlite', ...builtinModules, /^node:/],
        // The door of a feature hands over what is asked of it: whoever wants its schema does not read the rest.
        treeshake: { moduleSideEffects: (id) => !/\/(electron|shared)\/.+\/index\.ts$/.test(id) },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name].cjs',
          // Half the text to read at each start; names stay, so that a line of the log can be understood.
          minify: { compress: true, mangle: false, codegen: true },
        },
      },
    },
    ssr: { noExternal: true, external: ['electron', '@photostructure/sqlite'] },
  };
}

const targets: Record<string, UserConfig> = {
  renderer,
  preload: nodeBundle({ preload: resolve(root, 'electron/preload.ts') }, 'dist/preload', true),
  main: nodeBundle(
    {
      main: resolve(root, 'electron/main.ts'),
      'sandbox-worker': resolve(root, 'electron/sandbox/worker.ts'),
      'journal-worker': resolve(root, 'electron/journal/worker.ts'),
      'pdf-text-worker': resolve(root, 'electron/genuineness/pdf-text-worker.ts'),
    },
    'dist/main',
    true,
  ),
};

const test = {
  projects: [
    {
      test: {
        name: 'unit',
        include: ['tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'],
        environment: 'node',
        testTimeout: 20_000,
      },
    },
    {
      test: {
        name: 'contract',
        include: ['tests/contract/**/*.test.ts'],
        environment: 'node',
        testTimeout: 60_000,
      },
    },
    {
      test: {
        name: 'security',
        include: ['tests/security/**/*.test.ts'],
        environment: 'node',
        testTimeout: 60_000,
      },
    },
    {
      test: {
        name: 'chaos',
        include: ['tests/chaos/**/*.test.ts'],
        environment: 'node',
        testTimeout: 600_000,
        fileParallelism: false,
      },
    },
    {
      test: {
        // The packed application, as users get it: packed once, started for real.
        name: 'packed',
        include: ['tests/packed/**/*.test.ts'],
        globalSetup: ['tests/packed/pack.ts'],
        environment: 'node',
        testTimeout: 120_000,
        fileParallelism: false,
      },
    },
  ],
};

export default defineConfig(({ mode }) => ({ ...(targets[mode] ?? {}), test }) as UserConfig);

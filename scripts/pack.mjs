// `npm run pack`: an unpacked app by electron-builder, on the runtime at hand where the official one cannot be fetched.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { build, Platform } from 'electron-builder';
import { parse } from 'yaml';

import { buildAll } from './build.mjs';
import { FALLBACK_VERSION, findElectron } from './runtime/electron.mjs';
import { projectRoot } from './runtime/paths.mjs';

const config = parse(readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8'));

/** The fallback is older than one fuse, and needs its missing built-ins before the app. */
function onFallback(executable) {
  console.log(`Left out on Electron ${FALLBACK_VERSION}, which does not know it: the fuse grantFileProtocolExtraPrivileges.`);
  const entry = { from: 'scripts/runtime', to: '.', filter: ['node18-builtins.cjs', 'fallback-entry.cjs'] };
  return {
    ...config,
    electronFuses: { ...config.electronFuses, grantFileProtocolExtraPrivileges: null },
    electronDist: dirname(executable),
    electronVersion: FALLBACK_VERSION,
    files: [...config.files, entry],
    extraMetadata: { main: 'fallback-entry.cjs' },
    // The fallback's own default app has no place in a package.
    afterPack: ({ appOutDir }) => rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
  };
}

const { executable, kind } = await findElectron();
await buildAll();
const artefacts = await build({
  projectDir: projectRoot,
  targets: Platform.current().createTarget('dir'),
  config: kind === 'fallback' ? onFallback(executable) : config,
  publish: 'never',
});
console.log(`Packed with the ${kind} runtime.`, ...artefacts);

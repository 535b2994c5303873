// `npm run pack`: an unpacked app by electron-builder, on the runtime at hand where the official one cannot be fetched;
// beside it, its bill of materials and, with Debian's tools, its Debian package.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { build, Platform } from 'electron-builder';
import { parse } from 'yaml';

import { buildAll } from './build.mjs';
import { buildDeb, hasDebianTools } from './deb.mjs';
import { FALLBACK_VERSION, findElectron } from './runtime/electron.mjs';
import { projectRoot } from './runtime/paths.mjs';

const config = parse(readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8'));

/** The fallback is older than one fuse, and needs its missing built-ins before the app: a configuration of its own. */
function writeFallbackConfig(executable) {
  const { grantFileProtocolExtraPrivileges, ...electronFuses } = config.electronFuses;
  console.log(`Left out on Electron ${FALLBACK_VERSION}, which does not know it: grantFileProtocolExtraPrivileges=${grantFileProtocolExtraPrivileges}.`);
  const entry = { from: 'scripts/runtime', to: '.', filter: ['node18-builtins.cjs', 'fallback-entry.cjs'] };
  const path = join(projectRoot, '.cache', 'electron-builder.fallback.json');
  const fallback = {
    ...config,
    electronFuses,
    electronDist: dirname(executable),
    electronVersion: FALLBACK_VERSION,
    files: [...config.files, entry],
    extraMetadata: { main: 'fallback-entry.cjs' },
  };
  writeFileSync(path, JSON.stringify(fallback, null, 2));
  return path;
}

function writeDebianPackage() {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const output = join(projectRoot, 'release');
  return buildDeb({ config, version, unpacked: join(output, 'linux-unpacked'), output });
}

/** What the package is made of, for whoever must answer for it (CycloneDX). */
function writeBillOfMaterials() {
  const bill = productBill(wholeBill());
  // npm names the root after its folder.
  bill.metadata.component.name = 'instruire';
  writeFileSync(join(projectRoot, 'release', 'instruire.cdx.json'), JSON.stringify(bill, null, 2));
}

/** Tools included: with NODE_ENV=production, which the bundler sets, npm would leave out what they share with the product. */
function wholeBill() {
  const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--include', 'dev'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The bill of materials could not be made: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

/** npm's own `--omit dev` also leaves out what tools and product share: the lockfile says what is for tools alone. */
function productBill(bill) {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const product = new Set(Object.entries(packages).flatMap(([path, { dev, version }]) => (dev ? [] : [`${path.split('node_modules/').at(-1)}@${version}`])));
  const components = bill.components.filter(({ name, group, version }) => product.has(`${group ? `${group}/` : ''}${name}@${version}`));
  const kept = new Set([bill.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
  return { ...bill, components, dependencies };
}

const { executable, kind } = await findElectron();
await buildAll();
const artefacts = await build({
  projectDir: projectRoot,
  targets: Platform.current().createTarget('dir'),
  config: kind === 'fallback' ? writeFallbackConfig(executable) : join(projectRoot, 'electron-builder.yml'),
  publish: 'never',
});
// The fallback's own default app has no place in a package.
rmSync(join(projectRoot, 'release/linux-unpacked/resources/app'), { recursive: true, force: true });
writeBillOfMaterials();
if (process.platform === 'linux' && hasDebianTools()) artefacts.push(writeDebianPackage());
console.log(`Packed with the ${kind} runtime.`, ...artefacts);

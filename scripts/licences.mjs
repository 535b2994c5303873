// `npm run licences`: writes docs/licences.md, the libraries that the product carries and under which licence each is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { projectRoot } from './runtime/paths.mjs';

/** Licences under which a library may be carried: permissive, nothing asked of who uses the product. */
export const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'OFL-1.1', '(MIT OR CC0-1.0)', 'MIT AND ISC AND BSD-3-Clause']);

/** Packages whose manifest names no licence; read in the file that they ship. */
const READ_IN_FILE = { 'png-js': 'MIT' };

/** @returns {{ name: string, version: string, licence: string }[]} what is installed with the product, in the order of names */
export function productLicences() {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const rows = Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version: entry.version, licence: entry.license ?? READ_IN_FILE[name] ?? 'unknown' };
    });
  const unique = new Map(rows.map((row) => [`${row.name}@${row.version}`, row]));
  return [...unique.values()].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : left.version < right.version ? -1 : 1));
}

export function licencesPage() {
  const rows = productLicences().map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return [
    '# Licences',
    '',
    'Libraries that the product carries, from the lockfile (`npm run licences` writes this page; a test keeps it current).',
    'Electron and Chromium ship their own licences beside the executable.',
    '',
    '| library | version | licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(join(projectRoot, 'docs/licences.md'), licencesPage());

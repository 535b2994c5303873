import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
const manifest = readJson<{ dependencies: Record<string, string>; devDependencies: Record<string, string>; allowScripts: Record<string, boolean> }>('package.json');
const locked = Object.entries(readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json').packages).filter(([path]) => path !== '');

interface LicencesScript {
  readonly ALLOWED: ReadonlySet<string>;
  productLicences(): { readonly name: string; readonly licence: string }[];
  licencesPage(): string;
}
const licences = (await import(join(root, 'scripts/licences.mjs'))) as LicencesScript;

describe('what is installed', () => {
  it('is fixed to the byte, and names no host to fetch it from', () => {
    expect(locked.filter(([, { integrity, link }]) => !link && !integrity).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('is asked for in exact versions', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('runs no install script that was not looked at, and only the one that is needed', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect([...new Set(withScript)].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
    expect(Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name])).toEqual(['node']);
  });
});

describe('licences', () => {
  it('let the product be given to any administration', () => {
    expect(licences.productLicences().filter(({ licence }) => !licences.ALLOWED.has(licence))).toEqual([]);
  });

  it('are listed as they are', () => {
    expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(licences.licencesPage());
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface PlatformFiles {
  readonly files: readonly { readonly filter: string }[];
}

interface Configuration {
  readonly productName: string;
  readonly files: readonly string[];
  readonly linux: PlatformFiles & { readonly icon: string; readonly mimeTypes: readonly string[]; readonly target: readonly string[] };
  readonly deb: { readonly afterInstall: string; readonly afterRemove: string; readonly appArmorProfile: string };
  readonly win: PlatformFiles & { readonly icon: string; readonly target: readonly string[] };
  readonly nsis: { readonly artifactName: string; readonly include: string; readonly oneClick: boolean; readonly allowElevation: boolean; readonly deleteAppDataOnUninstall: boolean; readonly guid: string };
  readonly msi: { readonly artifactName: string; readonly perMachine: boolean; readonly upgradeCode: string };
  readonly mac: PlatformFiles & { readonly icon: string; readonly entitlements: string; readonly entitlementsInherit: string; readonly hardenedRuntime: boolean; readonly target: readonly object[] };
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
}
const configuration = parse(read('electron-builder.yml')) as Configuration;

/** Which native builds of SQLite a package for a system takes, by what electron-builder itself makes of the patterns. */
function nativeBuilds(platform: 'linux' | 'win' | 'mac', arch: string): readonly string[] {
  const { getNodeModuleFileMatcher } = createRequire(import.meta.url)(join(root, 'node_modules/app-builder-lib/out/fileMatcher.js')) as FileMatchers;
  const expand = (pattern: string): string => pattern.replaceAll('${arch}', arch);
  const packager = { config: { files: [{ filter: configuration.files }] }, debugLogger: { isEnabled: false } };
  const isTaken = getNodeModuleFileMatcher(root, root, expand, configuration[platform], packager).createFilter();
  const folder = join(root, 'node_modules/@photostructure/sqlite/prebuilds');
  const builds = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.node'));
  return builds.filter((name) => isTaken(join(folder, name), { isDirectory: () => false })).sort();
}

interface FileMatchers {
  getNodeModuleFileMatcher(from: string, to: string, expand: (pattern: string) => string, platform: PlatformFiles, packager: object): { createFilter(): (file: string, stat: { isDirectory(): boolean }) => boolean };
}

/** The schema that electron-builder itself refuses a configuration with. */
function faults(candidate: object): readonly string[] {
  const schema = JSON.parse(read('node_modules/app-builder-lib/scheme.json')) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(schema);
  validate(candidate);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

describe('electron-builder.yml', () => {
  it('is what the schema of electron-builder takes', () => {
    expect(faults(configuration)).toEqual([]);
    expect(faults({ ...configuration, nsis: { ...configuration.nsis, alwaysAsk: true } })).not.toEqual([]);
  });

  it('names files that are there', () => {
    const { linux, deb, win, nsis, mac } = configuration;
    const named = [linux.icon, deb.afterInstall, deb.afterRemove, deb.appArmorProfile, win.icon, nsis.include, mac.icon, mac.entitlements, mac.entitlementsInherit];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('gives each system the targets, the links and the protections that it must have', () => {
    const { linux, win, nsis, msi, mac, protocols } = configuration;
    expect(linux.target).toEqual(['AppImage', 'deb']);
    expect(win.target).toEqual(['nsis', 'msi']);
    expect(mac.target).toEqual([{ target: 'dmg', arch: ['universal'] }]);
    expect(mac.hardenedRuntime).toBe(true);
    expect(protocols.flatMap(({ schemes }) => schemes)).toEqual(['instruire']);
    expect(linux.mimeTypes).toEqual(['x-scheme-handler/instruire']);
    // Silent, for the whole machine: `/S /allusers`, `msiexec /qn`.
    expect(nsis).toMatchObject({ oneClick: false, allowElevation: true });
    expect(msi.perMachine).toBe(true);
    expect(msi.upgradeCode).toMatch(/^\{[0-9A-F-]{36}\}$/);
  });

  it.each([
    ['linux', 'x64', ['linux-x64']],
    ['linux', 'arm64', ['linux-arm64']],
    ['win', 'x64', ['win32-x64']],
    ['win', 'arm64', ['win32-arm64']],
    // Two halves made apart, then put together: the same files in both.
    ['mac', 'x64', ['darwin-arm64', 'darwin-x64']],
    ['mac', 'arm64', ['darwin-arm64', 'darwin-x64']],
  ] as const)('gives %s on %s the native SQLite of its own system alone', (platform, arch, folders) => {
    expect(nativeBuilds(platform, arch)).toEqual(folders.map((folder) => join(folder, '@photostructure+sqlite.glibc.node')));
  });

  it('names its installers as the document for the IT desk does', () => {
    const names = [configuration.nsis.artifactName, configuration.msi.artifactName].map((name, index) => name.replace('${version}', '<version>').replace('${ext}', index === 0 ? 'exe' : 'msi'));
    for (const name of names) expect(read('docs/deploiement.md')).toContain(name);
  });

  it('is for the folder that the application keeps its data in', () => {
    const { productName } = JSON.parse(read('package.json')) as { productName: string };
    expect(configuration.productName).toBe(productName);
    expect(read('packaging/windows/installer.nsh')).toContain(`"$APPDATA\\${productName}"`);
    expect(read('packaging/linux/postrm')).toContain(`.config/${productName}"`);
  });

  it('lifts one protection of the hardened runtime, which Chromium needs', () => {
    const keys = [...read(configuration.mac.entitlements).matchAll(/<key>(.+?)<\/key>/g)].map(([, key]) => key);
    expect(keys).toEqual(['com.apple.security.cs.allow-jit']);
  });
});

describe('the uninstaller for Windows', () => {
  const script = read('packaging/windows/installer.nsh');

  it('keeps the data unless somebody says otherwise: in silence, at an update, and by the default button', () => {
    expect(configuration.nsis.deleteAppDataOnUninstall).toBe(false);
    const [, question = ''] = /MessageBox (.+)/.exec(script) ?? [];
    expect(question).toMatch(/^MB_YESNO\|MB_ICONQUESTION\|MB_DEFBUTTON1 "Garder .+" \/SD IDYES IDYES instruire_keep_data$/);
    expect(question).toContain('36 mois');
    expect(script.indexOf('${ifNot} ${isUpdated}')).toBeLessThan(script.indexOf('RMDir'));
    expect(script.indexOf('IDYES instruire_keep_data')).toBeLessThan(script.indexOf('RMDir'));
    expect(script.match(/RMDir/g)).toHaveLength(1);
  });

  it('gives the context of the machine back: the rest of electron-builder’s script deletes the program’s entry there', () => {
    const statements = script.split('\n').map((line) => line.trim()).filter((line) => /SetShellVarContext|installMode|RMDir/.test(line));
    expect(statements).toEqual(['SetShellVarContext current', 'RMDir /r "$APPDATA\\Instruire"', '${if} $installMode == "all"', 'SetShellVarContext all']);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';

import { type PackedApp, type PackedOptions, packedFolder, releaseFolder, startPacked } from './packed-app';

const root = resolve(import.meta.dirname, '../..');
/** How the wire writes the two states of a fuse. */
const FUSE_ON = '1';
const FUSE_OFF = '0';
const running: PackedApp[] = [];

afterEach(async () => {
  for (const app of running.splice(0)) await app.remove();
});

function start(options: PackedOptions = {}): PackedApp {
  const app = startPacked(options);
  running.push(app);
  return app;
}

describe('the packed binary', () => {
  it('has every fuse as the configuration says, read back from its bytes', async () => {
    const wire = await getCurrentFuseWire(join(packedFolder, 'instruire'));
    const isBlown = (fuse: FuseV1Options): boolean | null => {
      const state = String.fromCharCode(wire[fuse] ?? 0);
      return state === FUSE_ON || state === FUSE_OFF ? state === FUSE_ON : null;
    };
    expect(isBlown(FuseV1Options.RunAsNode)).toBe(false);
    expect(isBlown(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(isBlown(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(isBlown(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(isBlown(FuseV1Options.EnableCookieEncryption)).toBe(false);
    // Older runtimes do not have it.
    expect(isBlown(FuseV1Options.GrantFileProtocolExtraPrivileges) ?? false).toBe(false);
    const { electronFuses } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as { electronFuses: Record<string, boolean> };
    expect(electronFuses).toMatchObject({ runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, onlyLoadAppFromAsar: true, grantFileProtocolExtraPrivileges: false });
  });

  it('carries the built application and nothing of how it is made', () => {
    const names = listPackage(join(packedFolder, 'resources', 'app.asar'), { isPack: false }).map((name) => name.slice(1).replaceAll('\\', '/'));
    expect(names).toContain('dist/main/main.cjs');
    expect(names.filter((name) => /\.(ts|tsx|map)$|^(tests|scripts|electron|renderer|docs)\/|\.env/.test(name))).toEqual([]);
    expect(existsSync(join(packedFolder, 'resources', 'app'))).toBe(false);
    expect(readdirSync(join(packedFolder, 'resources')).filter((name) => !/^app\.asar(\.unpacked)?$/.test(name))).toEqual([]);
  });

  it('carries nothing that this system does not read: one SQLite, two languages', () => {
    const files = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(readdirSync(join(packedFolder, 'locales')).sort()).toEqual(['en-US.pak', 'fr.pak']);
    const modules = join(packedFolder, 'resources', 'app.asar.unpacked', 'node_modules', '@photostructure', 'sqlite');
    expect(readdirSync(join(modules, 'prebuilds'))).toEqual([`linux-${process.arch}`]);
    expect(files(modules).sort()).toEqual(['@photostructure+sqlite.glibc.node', 'LICENSE', 'index.cjs', 'package.json']);
    expect(files(packedFolder).filter((name) => name.endsWith('.node'))).toHaveLength(1);
  });

  it('is described by a bill of materials', () => {
    const bill = JSON.parse(readFileSync(join(releaseFolder, 'instruire.cdx.json'), 'utf8')) as {
      bomFormat: string;
      specVersion: string;
      metadata: { component: { name: string; version: string } };
      components: { name: string; version: string; purl: string; licenses?: unknown[]; hashes?: unknown[] }[];
    };
    const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string> };
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'instruire', version } } });
    const listed = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl).replace(/^pkg:npm\//, '')));
    expect(Object.entries(dependencies).filter(([name, wanted]) => !listed.has(`${name}@${wanted}`))).toEqual([]);
    expect(bill.components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).toEqual([]);
    expect(JSON.stringify(bill)).not.toMatch(/\/home\/|\/work\/|file:\/\//);
  });
});

describe('the packed application', () => {
  it('starts, and shows its sign-in screen', async () => {
    const app = start();
    await vi.waitFor(() => expect(windowTitles()).toMatch(/"Connexion .*Instruire"/), { timeout: 60_000, interval: 250 });
    // The page has asked main who may sign in: main has opened everything that is kept.
    await vi.waitFor(() => expect(readdirSync(app.userData)).toContain('journal.db'), { timeout: 60_000, interval: 250 });
    expect(app.process.exitCode).toBeNull();
    expect(app.output()).not.toMatch(/Error|uncaught/);
  }, 120_000);

  it('closes what it keeps when the system ends the session', async () => {
    const app = start();
    await vi.waitFor(() => expect(readdirSync(app.userData)).toContain('journal.db'), { timeout: 60_000, interval: 250 });
    app.process.kill('SIGTERM');
    expect((await app.ended).code).toBe(0);
    expect(readdirSync(app.userData).filter((name) => name.endsWith('-wal'))).toEqual([]);
  }, 120_000);

  it('answers a batch without a window, in words', async () => {
    const { code, output } = await start({ args: ['--lot', 'absente.csv'] }).ended;
    expect(code).toBe(2);
    expect(output).toContain('Il manque --dossier');
  }, 60_000);

  it.each(['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0', '--remote-debugging-pipe', '--js-flags=--expose-gc', '--load-extension=/tmp', '--disable-web-security'])('says that %s is refused, and ends', async (argument) => {
    const { code, output } = await start({ args: [argument] }).ended;
    expect(code).toBe(5);
    expect(output).toContain(`l’option ${argument.split('=')[0]},`);
    expect(output).not.toMatch(/listening on ws:/i);
  }, 60_000);

  it('says that it is not to be run as Node.js, and ends', async () => {
    const { code, output } = await start({ args: ['-e', 'console.log("lu")'], env: { ELECTRON_RUN_AS_NODE: '1' } }).ended;
    expect(code).toBe(5);
    expect(output).toContain('ELECTRON_RUN_AS_NODE');
    expect(output).not.toMatch(/^lu$/m);
  }, 60_000);

  it('runs nothing that NODE_OPTIONS asks for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'instruire-node-options-'));
    const script = join(folder, 'asked.cjs');
    const proof = join(folder, 'proof');
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`);
    const { code } = await start({ args: ['--lot', 'absente.csv'], env: { NODE_OPTIONS: `--require=${script}` } }).ended;
    // Started as usual, or refused: which depends on whether the runtime still shows the variable.
    expect([2, 5]).toContain(code);
    expect(existsSync(proof)).toBe(false);
    rmSync(folder, { recursive: true });
  }, 60_000);
});

function windowTitles(): string {
  return spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout;
}

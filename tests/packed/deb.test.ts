import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { type PackedApp, releaseFolder, startPacked } from './packed-app';

const packageFile = join(releaseFolder, readdirSync(releaseFolder).find((name) => name.endsWith('.deb')) ?? 'absent.deb');
const roots: string[] = [];

/** A root of its own with dpkg's books in it: nothing of this machine is touched. */
function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'instruire-root-'));
  roots.push(root);
  for (const folder of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'etc', 'home/camille/.config/Instruire', 'home/VALMONT/lea/.config/Instruire', 'var/tmp/instruire-poste']) mkdirSync(join(root, folder), { recursive: true });
  for (const book of ['status', 'available']) writeFileSync(join(root, 'var/lib/dpkg', book), '');
  // The second is an account of a directory: /etc/passwd does not name it.
  writeFileSync(join(root, 'home/camille/.config/Instruire/journal.db'), 'made up');
  writeFileSync(join(root, 'var/tmp/instruire-poste/quota.json'), '{}');
  return root;
}

function dpkg(root: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('dpkg', [`--root=${root}`, '--force-script-chrootless', '--force-not-root', '--force-depends', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dpkg ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

describe('the Debian package', () => {
  let root: string;
  beforeAll(() => {
    root = makeRoot();
    dpkg(root, '--install', packageFile);
  });

  it('says what it is, and needs what the unpacked program loads', () => {
    const field = (name: string): string => execFileSync('dpkg-deb', ['--field', packageFile, name], { encoding: 'utf8' }).trim();
    const { version } = JSON.parse(readFileSync(join(releaseFolder, '../package.json'), 'utf8')) as { version: string };
    expect(field('Version')).toBe(version);
    expect(field('Maintainer')).toMatch(/^.+ <.+@.+>$/);
    for (const library of ['desktop-file-utils', 'libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libsecret-1-0']) expect(field('Depends')).toContain(library);
    expect(field('Description').split('\n')[0]?.length).toBeLessThan(80);
    const linked = execFileSync('ldd', [join(root, 'opt/Instruire/instruire')], { encoding: 'utf8' });
    expect(linked).not.toContain('not found');
  });

  it('has in it what its sums say, with usual modes and nothing out of its places', () => {
    const sums = readFileSync(join(root, 'var/lib/dpkg/info/instruire.md5sums'), 'utf8').trim().split('\n').map((line) => line.split('  '));
    expect(sums.length).toBeGreaterThan(20);
    for (const [sum, path = ''] of sums) {
      expect(path).toMatch(/^(?:opt\/Instruire|usr\/share\/(?:applications|doc\/instruire|icons\/hicolor))\//);
      expect(createHash('md5').update(readFileSync(join(root, path))).digest('hex')).toBe(sum);
      expect([0o755, 0o644], path).toContain(lstatSync(join(root, path)).mode & 0o777);
    }
    expect(lstatSync(join(root, 'opt/Instruire/instruire')).mode & 0o111).toBe(0o111);
    expect(lstatSync(join(root, 'opt/Instruire/chrome-sandbox')).mode & 0o755).toBe(0o755);
    expect(readlinkSync(join(root, 'usr/bin/instruire'))).toBe('/opt/Instruire/instruire');
    expect(readFileSync(join(root, 'usr/share/doc/instruire/copyright'), 'utf8')).toContain('License: MIT');
  });

  it('tells the desktop of itself: name, icons, links', () => {
    const lines = readFileSync(join(root, 'usr/share/applications/instruire.desktop'), 'utf8').split('\n');
    expect(lines).toEqual(expect.arrayContaining(['[Desktop Entry]', 'Type=Application', 'Name=Instruire', 'Icon=instruire', 'Exec=/opt/Instruire/instruire %U', 'Categories=Office;', 'MimeType=x-scheme-handler/instruire;']));
    const icons = filesUnder(join(root, 'usr/share/icons/hicolor')).filter((path) => path.endsWith('.png'));
    expect(icons).toHaveLength(8);
    for (const path of icons) {
      const px = Number(/(\d+)x\d+\/apps/.exec(path)?.[1]);
      const bytes = readFileSync(path);
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], path).toEqual([px, px]);
    }
  });

  it.each(['postinst', 'postrm'])('has a %s that a shell accepts, which stops at the first failure', (name) => {
    const script = join(root, 'var/lib/dpkg/info', `instruire.${name}`);
    expect(spawnSync('sh', ['-n', script]).status).toBe(0);
    expect(readFileSync(script, 'utf8')).toMatch(/^#!\/bin\/sh\n[^]*\nset -e\n/);
  });

  it('starts once installed, under its own name, and shows its sign-in screen', async () => {
    const home = join(root, 'home/camille');
    const app: PackedApp = startPacked({ executable: join(root, 'opt/Instruire/instruire'), env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config') }, ownData: false });
    try {
      await vi.waitFor(() => expect(spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout).toMatch(/"Connexion .*Instruire"/), { timeout: 60_000, interval: 250 });
      await vi.waitFor(() => expect(existsSync(join(home, '.config/Instruire/instruire.db'))).toBe(true), { timeout: 60_000, interval: 250 });
      expect(app.process.exitCode).toBeNull();
      expect(app.output()).not.toMatch(/Error|uncaught/);
    } finally {
      await app.remove();
    }
  }, 120_000);
});

describe('removing the Debian package', () => {
  function installed(): string {
    const root = makeRoot();
    dpkg(root, '--install', packageFile);
    mkdirSync(join(root, 'etc/instruire'));
    writeFileSync(join(root, 'etc/instruire/instruire.policy.json'), '{}');
    return root;
  }
  const data = (root: string): string => join(root, 'home/camille/.config/Instruire/journal.db');

  it('leaves every datum and the policy; a purge then takes the policy and what the machine held, and says what it left', () => {
    const root = installed();
    dpkg(root, '--remove', 'instruire');
    expect(existsSync(join(root, 'opt/Instruire'))).toBe(false);
    expect(existsSync(join(root, 'usr/bin/instruire'))).toBe(false);
    expect(existsSync(data(root))).toBe(true);
    expect(existsSync(join(root, 'etc/instruire/instruire.policy.json'))).toBe(true);
    const said = dpkg(root, '--purge', 'instruire');
    for (const home of ['home/camille', 'home/VALMONT/lea']) expect(said).toContain(`données gardées dans ${join(root, home, '.config/Instruire')}`);
    expect(existsSync(data(root))).toBe(true);
    expect(existsSync(join(root, 'etc/instruire'))).toBe(false);
    expect(existsSync(join(root, 'var/tmp/instruire-poste'))).toBe(false);
  }, 60_000);

  it('follows no link out of an account when it takes data', () => {
    const root = installed();
    mkdirSync(join(root, 'srv/Instruire'), { recursive: true });
    mkdirSync(join(root, 'home/paul'));
    symlinkSync(join(root, 'srv'), join(root, 'home/paul/.config'));
    writeFileSync(join(root, 'etc/instruire/effacer-les-donnees'), '');
    dpkg(root, '--purge', 'instruire');
    expect(existsSync(join(root, 'srv/Instruire'))).toBe(true);
  }, 60_000);

  it('takes the data of each account when the administrator has asked for it', () => {
    const root = installed();
    writeFileSync(join(root, 'etc/instruire/effacer-les-donnees'), '');
    dpkg(root, '--purge', 'instruire');
    for (const home of ['home/camille', 'home/VALMONT/lea']) {
      expect(existsSync(join(root, home, '.config/Instruire'))).toBe(false);
      expect(existsSync(join(root, home, '.config'))).toBe(true);
    }
    expect(existsSync(join(root, 'etc/instruire'))).toBe(false);
  }, 60_000);
});

// The Debian package of the unpacked application, by Debian's own `dpkg-deb`, from what electron-builder.yml says of it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

import { projectRoot } from './runtime/paths.mjs';

const NAME = 'instruire';
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
const packaging = join(projectRoot, 'packaging');

export function hasDebianTools() {
  return spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {{ config: any, version: string, unpacked: string, output: string }} what `config`: electron-builder.yml, read
 * @returns {string} path of the package
 */
export function buildDeb({ config, version, unpacked, output }) {
  const architecture = ARCHITECTURES[process.arch];
  const root = join(output, 'deb-root');
  rmSync(root, { recursive: true, force: true });
  cpSync(unpacked, join(root, 'opt', config.productName), { recursive: true, verbatimSymlinks: true });
  copyFileSync(join(projectRoot, config.deb.appArmorProfile), join(root, 'opt', config.productName, 'resources/apparmor-profile'));
  writeDesktopFile(root, config);
  copyIcons(root, config);
  writeDocumentation(root, config, version);
  makeModesUsual(root);
  writeControl(root, config, { version, architecture });
  const path = join(output, `${NAME}_${version}_${architecture}.deb`);
  const { status, stderr } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', root, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dpkg-deb failed: ${stderr}`);
  rmSync(root, { recursive: true });
  return path;
}

function write(root, path, content) {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

function writeDesktopFile(root, { productName, linux }) {
  const entry = {
    Type: 'Application',
    Name: productName,
    GenericName: linux.synopsis,
    Comment: linux.description,
    Exec: `/opt/${productName}/${linux.executableName} %U`,
    Icon: NAME,
    Terminal: 'false',
    Categories: `${linux.category};`,
    MimeType: linux.mimeTypes.map((type) => `${type};`).join(''),
    StartupWMClass: productName,
    StartupNotify: 'true',
  };
  write(root, `usr/share/applications/${NAME}.desktop`, `[Desktop Entry]\n${Object.entries(entry).map(([key, value]) => `${key}=${value}\n`).join('')}`);
}

function copyIcons(root, { linux }) {
  for (const file of readdirSync(join(projectRoot, linux.icon))) {
    write(root, `usr/share/icons/hicolor/${basename(file, '.png')}/apps/${NAME}.png`, readFileSync(join(projectRoot, linux.icon, file)));
  }
  write(root, `usr/share/icons/hicolor/scalable/apps/${NAME}.svg`, readFileSync(join(packaging, 'icons/instruire.svg')));
}

/** What Debian asks of every package: its licence, and what changed. */
function writeDocumentation(root, { linux }, version) {
  const licence = readFileSync(join(projectRoot, 'LICENSE'), 'utf8').trim().split('\n').map((line) => ` ${line === '' ? '.' : line}`).join('\n');
  const copyright = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Instruire\n\nFiles: *\nCopyright: Instruire\nLicense: MIT\n${licence}\nComment: Licences of Electron and Chromium: /opt/Instruire/LICENSE.electron.txt, /opt/Instruire/LICENSES.chromium.html.\n`;
  write(root, `usr/share/doc/${NAME}/copyright`, copyright);
  const date = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1_000) * 1_000).toUTCString().replace('GMT', '+0000');
  const changelog = `${NAME} (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- ${linux.maintainer}  ${date}\n`;
  write(root, `usr/share/doc/${NAME}/changelog.gz`, gzipSync(changelog, { level: 9 }));
}

/** Nothing writable by others, nothing executable that need not be: the umask of whoever builds does not count. */
function makeModesUsual(folder) {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const state = lstatSync(path);
    if (state.isDirectory()) makeModesUsual(path);
    else if (state.isFile()) chmodSync(path, isExecutable(path, state) ? 0o755 : 0o644);
  }
}

function isExecutable(path, { mode }) {
  return (mode & 0o111) !== 0 && !/\.(?:so(?:\.\d+)*|node|pak|bin|dat|json|asar)$/.test(path);
}

function writeControl(root, { linux, deb }, { version, architecture }) {
  const files = filesOf(root);
  const sizeKib = Math.ceil(files.reduce((sum, file) => sum + lstatSync(file).size, 0) / 1_024);
  const fields = {
    Package: NAME,
    Version: version,
    Architecture: architecture,
    Maintainer: linux.maintainer,
    'Installed-Size': sizeKib,
    Depends: deb.depends.join(', '),
    Recommends: deb.recommends.join(', '),
    Section: 'misc',
    Priority: 'optional',
    Description: `${linux.synopsis}\n ${linux.description}`,
  };
  const sums = files.map((file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(root, file)}\n`);
  write(root, 'DEBIAN/control', `${Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`).join('')}`);
  write(root, 'DEBIAN/md5sums', sums.join(''));
  for (const [name, source] of [['postinst', deb.afterInstall], ['postrm', deb.afterRemove]]) {
    copyFileSync(join(projectRoot, source), join(root, 'DEBIAN', name));
    chmodSync(join(root, 'DEBIAN', name), 0o755);
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

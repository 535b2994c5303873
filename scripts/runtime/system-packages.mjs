// What a Debian-like system needs for a real Electron window without a display.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PACKAGES = [
  'xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6',
  'libnotify4', 'libsecret-1-0', 'dbus', 'dbus-x11', 'gnome-keyring', 'fonts-dejavu-core',
];

/** Installs what is missing when root; otherwise stops with one command to copy. */
export function ensureSystemPackages(extra = []) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = [...PACKAGES, ...extra].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new Error(`System packages are missing. Install them with:\n\n  sudo apt-get install -y ${missing.join(' ')}\n`);
  }
  console.log(`Installing system packages: ${missing.join(' ')}`);
  aptGet(['update', '-qq']);
  aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
}

function isInstalled(name) {
  const result = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return result.stdout.includes('install ok installed');
}

function aptGet(args) {
  const result = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) throw new Error(`apt-get ${args[0]} failed; install the packages by hand and try again.`);
}

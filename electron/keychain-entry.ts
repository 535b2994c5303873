import { spawnSync } from 'node:child_process';

const TIMEOUT_MS = 5_000;
const SECRETS = ['--session', '--print-reply', '--dest=org.freedesktop.secrets'];
const ITEM = /object path "(\/org\/freedesktop\/secrets\/collection\/[\w/]+)"/g;

/**
 * Takes out of the system's keychain the key that Chromium keeps there under the application's name. What it sealed is
 * already gone or goes next: an entry that cannot be removed opens nothing. Windows keeps that key in the data folder.
 */
export function forgetKeychainEntry(appName: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'darwin') run('/usr/bin/security', ['delete-generic-password', '-s', `${appName} Safe Storage`]);
  if (platform !== 'linux') return;
  const search = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.SearchItems', `dict:string:string:application,${appName}`];
  for (const [, item = ''] of run('dbus-send', [...SECRETS, ...search]).matchAll(ITEM)) {
    run('dbus-send', [...SECRETS, item, 'org.freedesktop.Secret.Item.Delete']);
  }
}

/** What the program printed; nothing when it is not there, or fails. */
function run(command: string, args: readonly string[]): string {
  return spawnSync(command, args, { encoding: 'utf8', timeout: TIMEOUT_MS, windowsHide: true }).stdout ?? '';
}

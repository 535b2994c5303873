import { describe, expect, it } from 'vitest';

import { startRefusal } from '../../electron/start-guard';

const usual = { env: {}, platform: 'linux', isRoot: false } as const;
const start = (argument: string, changes: Partial<Parameters<typeof startRefusal>[0]> = {}) => startRefusal({ ...usual, argv: ['instruire', argument], ...changes });

describe('the command line of the packed application', () => {
  it.each(['--inspect', '--inspect=0', '--inspect-brk=127.0.0.1:9229', '-inspect', '--remote-debugging-port=9222', '--remote-debugging-pipe', '--js-flags=--expose-gc', '--load-extension=/tmp/x', '--no-sandbox', '--disable-web-security', '--renderer-cmd-prefix=sh', '--Inspect'])('is refused with %s, by name', (argument) => {
    const name = argument.replace(/^--?/, '').split('=')[0]?.toLowerCase() ?? '';
    expect(start(argument)).toContain(`--${name},`);
  });

  it.each(['--lot=liste.csv', '--user-data-dir=/tmp/x', '--password-store=gnome-libsecret', '--lang=fr', 'instruire://siren/299028209', '/home/camille/liste.csv', '--', '-'])('is taken with %s', (argument) => {
    expect(start(argument)).toBeNull();
  });

  it('reads the slash of Windows there, and a path elsewhere', () => {
    expect(start('/inspect', { platform: 'win32' })).toContain('--inspect');
    expect(start('/inspect')).toBeNull();
  });

  it('leaves root without a sandbox that Chromium cannot give, and nothing more', () => {
    expect(start('--no-sandbox', { isRoot: true })).toBeNull();
    expect(start('--inspect', { isRoot: true })).not.toBeNull();
  });

  it.each(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'SSLKEYLOGFILE'])('is refused with the variable %s, by name', (name) => {
    expect(start('--lang=fr', { env: { [name]: '1' } })).toContain(name);
    expect(start('--lang=fr', { env: { [name]: '' } })).toBeNull();
  });
});

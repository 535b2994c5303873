import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '@playwright/test';

import { OPENABLE_ORIGINS } from '../../electron/links';
import { channels } from '../../shared/ipc';
import { IPC_EVENT } from '../../shared/ipc/wire';
import { discardApp, projectRoot, type RunningApp } from '../support/app';
import { startLoopback } from '../support/loopback';
import { launchWithAccount } from '../support/steps';

/**
 * The twenty recommendations of Electron's own security guide (electronjs.org, « Security »), in its order,
 * each asked of the running application. Point 19 (fuses) is read from the packed binary, in tests/packed.
 */
let running: RunningApp;

test.beforeAll(async () => {
  // A camera and a microphone that are there: without one Chromium asks for no permission.
  // Signed in: whoever is not is refused most of what follows, whatever it is.
  running = await launchWithAccount({ args: ['--use-fake-device-for-media-stream'] });
});

test.afterAll(() => discardApp(running));

/** What Chromium really runs the page with. */
function preferences(): Promise<Record<string, unknown>> {
  return running.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return { ...contents.getLastWebPreferences() };
  });
}

function contentSecurityPolicy(): Promise<ReadonlyMap<string, string>> {
  return running.app
    .evaluate(async ({ session }) => (await session.defaultSession.fetch('app://instruire/index.html')).headers.get('content-security-policy') ?? '')
    .then((text) => new Map(text.split(';').map((rule) => rule.trim().split(/ (.*)/, 2) as [string, string])));
}

test('1. only secure content is loaded: nothing but the application’s own scheme', async () => {
  const addresses = await running.window.evaluate(() => [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]);
  expect(addresses.filter((address) => !/^(app:\/\/instruire\/|data:|blob:app:)/.test(address))).toEqual([]);
  // A server that is there: one that is not would refuse in the application's place.
  const server = await startLoopback((_request, response) => response.end());
  try {
    const outcome = await running.app.evaluate(async ({ session }, url) => session.defaultSession.fetch(url).then(() => 'reached', () => 'blocked'), server.baseUrl);
    expect([outcome, server.requests]).toEqual(['blocked', []]);
  } finally {
    await server.close();
  }
});

test('2. content has no Node.js, in no frame and in no worker', async () => {
  expect(await preferences()).toMatchObject({ nodeIntegration: false });
  const { nodeIntegrationInWorker, nodeIntegrationInSubFrames } = await preferences();
  expect([nodeIntegrationInWorker, nodeIntegrationInSubFrames].some(Boolean)).toBe(false);
  expect(await running.window.evaluate(() => ['require', 'process', 'module', 'global', 'Buffer'].filter((name) => name in window))).toEqual([]);
});

test('3. the preload’s world is apart from the page’s', async () => {
  expect(await preferences()).toMatchObject({ contextIsolation: true });
  const outcome = await running.window.evaluate(() => {
    try {
      (window.instruire as { call: unknown }).call = () => 'replaced';
    } catch {
      // Frozen: as it must be.
    }
    return String(window.instruire.call);
  });
  expect(outcome).toContain('native code');
});

test('4. the page’s process is sandboxed', async () => {
  expect(await preferences()).toMatchObject({ sandbox: true });
});

test('5. whatever permission the page asks for is refused', async () => {
  const permissions = ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'persistent-storage', 'background-sync'] as PermissionName[];
  const states = await running.window.evaluate(
    async (names) => Promise.all(names.map((name) => navigator.permissions.query({ name }).then(({ state }) => state, () => 'denied'))),
    permissions,
  );
  expect(new Set(states)).toEqual(new Set(['denied']));
  // By the name of the refusal: what fails by itself has another.
  const refusals = await running.window.evaluate(async () => {
    const refusal = (asked: Promise<unknown>): Promise<string> => asked.then((given) => String(given), (error: { readonly name?: string; readonly code?: number }) => error.name ?? `code ${error.code}`);
    const place = new Promise((given, not) => navigator.geolocation.getCurrentPosition(given, not));
    const asked = [
      navigator.mediaDevices.getUserMedia({ video: true }),
      navigator.mediaDevices.getUserMedia({ audio: true }),
      place,
      navigator.requestMIDIAccess({ sysex: true }),
      Notification.requestPermission(),
    ];
    return Promise.all(asked.map(refusal));
  });
  expect(refusals).toEqual(['NotAllowedError', 'NotAllowedError', 'code 1', 'SecurityError', 'denied']);
  expect(await running.window.evaluate(() => navigator.mediaDevices.getDisplayMedia().then(() => 'given', () => 'refused'))).toBe('refused');
});

test('6. web security is on', async () => {
  const { webSecurity } = await preferences();
  expect(webSecurity).not.toBe(false);
});

test('7. the page runs under a policy that starts from nothing', async () => {
  const policy = await contentSecurityPolicy();
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  for (const rule of ['connect-src', 'form-action', 'frame-ancestors', 'base-uri']) expect(policy.get(rule)).toBe("'none'");
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe-eval|\*|https?:/);
  const ran = await running.window.evaluate(() => {
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.injected = true');
    document.body.append(button);
    button.click();
    button.remove();
    return 'injected' in window;
  });
  expect(ran).toBe(false);
});

test('8. no insecure content may run in the page', async () => {
  const { allowRunningInsecureContent } = await preferences();
  expect(Boolean(allowRunningInsecureContent)).toBe(false);
});

test('9. no experimental feature is turned on', async () => {
  const { experimentalFeatures } = await preferences();
  expect(Boolean(experimentalFeatures)).toBe(false);
});

test('10. no Blink feature is turned on by name', async () => {
  const { enableBlinkFeatures } = await preferences();
  expect(enableBlinkFeatures || '').toBe('');
  expect(await running.app.evaluate(({ app }) => ['enable-blink-features', 'enable-experimental-web-platform-features', 'disable-web-security', 'ignore-certificate-errors', 'allow-running-insecure-content', 'disable-site-isolation-trials'].filter((name) => app.commandLine.hasSwitch(name)))).toEqual([]);
});

test('11. and 12. there is no web view: none is declared, none can be attached, whatever its options', async () => {
  expect(await preferences()).toMatchObject({ webviewTag: false });
  const made = await running.window.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('allowpopups', '');
    view.setAttribute('nodeintegration', '');
    view.setAttribute('src', 'https://example.org/');
    document.body.append(view);
    const kind = view.constructor.name;
    view.remove();
    return kind;
  });
  expect(['HTMLElement', 'HTMLUnknownElement']).toContain(made);
  const prevented = await running.app.evaluate(({ BrowserWindow }) => {
    let isPrevented = false;
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) }, {}, {});
    return isPrevented;
  });
  expect(prevented).toBe(true);
});

test('13. the page goes nowhere else', async () => {
  const before = running.window.url();
  const away = ['https://example.org/ailleurs', 'app://instruire/ailleurs.html'];
  // Heard after the application, which must have prevented each by then.
  await running.app.evaluate(({ BrowserWindow }) => {
    const seen: { url: string; isPrevented: boolean }[] = [];
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', ({ url, defaultPrevented }) => seen.push({ url, isPrevented: defaultPrevented }));
    Object.assign(globalThis, { seenNavigations: seen });
  });
  const seen = (): Promise<unknown> => running.app.evaluate(() => (globalThis as unknown as { seenNavigations: unknown }).seenNavigations);
  for (const [index, url] of away.entries()) {
    await running.window.evaluate((target) => location.assign(target), url);
    await expect.poll(seen).toEqual(away.slice(0, index + 1).map((one) => ({ url: one, isPrevented: true })));
  }
  await running.window.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.org/';
    const link = document.createElement('a');
    link.href = 'file:///etc/hostname';
    document.body.append(form, link);
    link.click();
    form.submit();
    location.href = 'data:text/html,<h1>ailleurs</h1>';
    link.remove();
    form.remove();
  });
  // What no page can bring about here is asked of the application itself.
  const prevented = await running.app.evaluate(({ BrowserWindow }) =>
    ['will-navigate', 'will-redirect'].filter((name) => {
      let isPrevented = false;
      (BrowserWindow.getAllWindows()[0]?.webContents as unknown as NodeJS.EventEmitter).emit(name, { preventDefault: () => (isPrevented = true) });
      return isPrevented;
    }),
  );
  expect(prevented).toEqual(['will-navigate', 'will-redirect']);
  expect(running.window.url()).toBe(before);
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(before);
});

test('14. no window is opened by the page', async () => {
  const opened = await running.window.evaluate(() => ['https://example.org/', 'app://instruire/index.html', 'about:blank', 'javascript:1'].map((url) => window.open(url) === null));
  expect(opened).toEqual([true, true, true, true]);
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('15. the system opens a page for us only when its site is of main’s own list', async () => {
  expect([...OPENABLE_ORIGINS].filter((origin) => !origin.startsWith('https://'))).toEqual([]);
  const opened = await running.app.evaluate(({ shell }) => {
    const addresses: string[] = [];
    shell.openExternal = (url) => {
      addresses.push(url);
      return Promise.resolve();
    };
    return Object.assign(globalThis, { openedAddresses: addresses }).openedAddresses.length;
  });
  expect(opened).toBe(0);
  expect(await running.window.evaluate(() => window.instruire.call('app.openLink', { url: 'https://www.cnil.fr/' }))).toMatchObject({ ok: true });
  const hostile = ['https://example.org/', 'file:///etc/hostname', 'javascript:alert(1)', 'smb://example.org/a', 'ms-msdt:/id', 'https://www.cnil.fr@example.org/', 'https://jeanne:secret@www.cnil.fr/', 'https://www.cnil.fr.example.org/', 'HTTPS://EXAMPLE.ORG'];
  const answers = await running.window.evaluate(async (urls) => Promise.all(urls.map(async (url) => (await window.instruire.call('app.openLink', { url })).ok)), hostile);
  expect(answers).toEqual(hostile.map(() => false));
  expect(await running.app.evaluate(() => (globalThis as unknown as { openedAddresses: string[] }).openedAddresses)).toEqual(['https://www.cnil.fr/']);
});

test('16. the product is built on the Electron that its manifest fixes, and an old one opens no production', async () => {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
  const version = await running.app.evaluate(() => process.versions.electron ?? '');
  const { checkWorkstation } = await import('../../electron/habilitations');
  const mayWork = checkWorkstation('production', { cipherKind: 'keychain', electronVersion: version });
  expect(mayWork.ok).toBe(version.split('.')[0] === devDependencies['electron']?.split('.')[0]);
});

test('17. main listens to one channel, and to the page’s main frame alone', async () => {
  const heard = await running.app.evaluate(({ ipcMain }) => ({
    events: ipcMain.eventNames().map(String),
    handled: [...((ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers).keys()],
  }));
  expect(heard.handled).toHaveLength(1);
  expect(heard.events.filter((name) => !/^(-|error$|ELECTRON|GUEST|CHROME|BROWSER)/i.test(name))).toEqual([]);
  expect(Object.keys(channels).length).toBeGreaterThan(20);
  // Another page with the same preload, and a frame of our own page: neither is heard.
  const preload = join(projectRoot, 'dist/preload/preload.cjs');
  const answers = await running.app.evaluate(async ({ BrowserWindow, ipcMain }, preloadPath) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: preloadPath, sandbox: true } });
    await window.loadURL('data:text/html,ailleurs');
    const foreign = (await window.webContents.executeJavaScript("window.instruire.call('session.start')")) as { error?: { code: string } };
    const [ours] = BrowserWindow.getAllWindows().filter((one) => one !== window);
    const ask = [...(ipcMain as unknown as { _invokeHandlers: Map<string, (event: object, ...all: unknown[]) => Promise<{ error?: { code: string } }>> })._invokeHandlers.values()][0];
    const frame = await ask?.({ sender: ours?.webContents, senderFrame: { parent: {}, url: 'app://instruire/index.html' } }, 'session.start');
    window.destroy();
    return [foreign.error?.code, frame?.error?.code];
  }, preload);
  expect(answers).toEqual(['forbidden', 'forbidden']);
});

test('18. no file is opened by its path, and app:// has no more rights than it needs', async () => {
  expect(running.window.url()).toMatch(/^app:\/\/instruire\//);
  // A picture that is there, as the first reading proves: one that is not would be blocked by nobody.
  const picture = pathToFileURL(join(projectRoot, 'packaging/icons/linux/128x128.png')).href;
  expect(readFileSync(new URL(picture)).length).toBeGreaterThan(0);
  const shown = await running.window.evaluate(
    (source) =>
      new Promise((done) => {
        const image = new Image();
        image.onload = () => done('shown');
        image.onerror = () => done('blocked');
        image.src = source;
      }),
    picture,
  );
  expect(shown).toBe('blocked');
  // A file of ours that no script may read: the scheme does not go round the policy.
  expect(await running.window.evaluate(() => fetch('app://instruire/index.html').then(() => 'read', () => 'blocked'))).toBe('blocked');
  // By the name of the refusal: a script that is no worker fails too, by another.
  const worker = await running.window.evaluate(() => {
    const script = document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '';
    return navigator.serviceWorker.register(script, { type: 'module', scope: '/assets/' }).then(() => 'registered', (error: Error) => `${error.name} ${error.message}`);
  });
  expect(worker).toMatch(/^TypeError .*protocol/);
});

test('20. the page is given two functions, and nothing of Electron', async () => {
  const given = await running.window.evaluate(() => ({
    keys: Object.keys(window.instruire).sort(),
    electron: ['ipcRenderer', 'electron', 'electronBinding', 'webFrame', 'contextBridge'].filter((name) => name in window),
  }));
  expect(given).toEqual({ keys: ['call', 'on'], electron: [] });
  // A real event of main: its listener gets what it says, and not the event of Electron that leads back to `ipcRenderer`.
  await running.window.evaluate(() => {
    window.instruire.on('deepLink.arrived', (...all: unknown[]) => Object.assign(window, { heard: all }));
  });
  await running.app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.webContents.send(name, 'deepLink.arrived', null), IPC_EVENT);
  await expect.poll(() => running.window.evaluate(() => (window as unknown as { heard?: unknown[] }).heard)).toEqual([null]);
});

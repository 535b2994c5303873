import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { OPENABLE_ORIGINS } from '../../electron/links';
import { channels } from '../../shared/ipc';
import { discardApp, launchApp, projectRoot, type RunningApp, waitUntilReady } from '../support/app';

/**
 * The twenty recommendations of Electron's own security guide (electronjs.org, « Security »), in its order,
 * each asked of the running application. Point 19 (fuses) is read from the packed binary, in tests/packed.
 */
let running: RunningApp;

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
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
  const outcome = await running.app.evaluate(async ({ session }) => session.defaultSession.fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'blocked'));
  expect(outcome).toBe('blocked');
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
  const devices = await running.window.evaluate(async () => {
    const refused = (asked: Promise<unknown> | undefined): Promise<string> => (asked ?? Promise.reject(new Error('absent'))).then(() => 'given', () => 'refused');
    const place = new Promise((given, not) => navigator.geolocation.getCurrentPosition(given, not));
    return Promise.all([refused(navigator.mediaDevices.getUserMedia({ video: true })), refused(navigator.mediaDevices.getDisplayMedia()), refused(place)]);
  });
  expect(devices).toEqual(['refused', 'refused', 'refused']);
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
  await running.window.evaluate(async () => {
    const form = document.createElement('form');
    form.action = 'https://example.org/';
    const link = document.createElement('a');
    link.href = 'file:///etc/hostname';
    document.body.append(form, link);
    link.click();
    form.submit();
    location.assign('https://example.org/');
    location.href = 'data:text/html,<h1>ailleurs</h1>';
    await new Promise((resolve) => requestAnimationFrame(resolve));
    link.remove();
    form.remove();
  });
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
  const hostile = ['https://example.org/', 'file:///etc/hostname', 'javascript:alert(1)', 'smb://example.org/a', 'ms-msdt:/id', 'https://www.cnil.fr@example.org/', 'https://www.cnil.fr.example.org/', 'HTTPS://EXAMPLE.ORG'];
  const answers = await running.window.evaluate(async (urls) => Promise.all(urls.map(async (url) => (await window.instruire.call('app.openLink', { url })).ok)), hostile);
  expect(answers).toEqual(hostile.map(() => false));
  expect(await running.app.evaluate(() => (globalThis as unknown as { openedAddresses: string[] }).openedAddresses)).toEqual([]);
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
});

test('18. no file is opened by its path, and app:// has no more rights than it needs', async () => {
  expect(running.window.url()).toMatch(/^app:\/\/instruire\//);
  const outcome = await running.app.evaluate(async ({ BrowserWindow, session }) => {
    const script = "new Promise((done) => { const image = new Image(); image.onload = () => done('shown'); image.onerror = () => done('blocked'); image.src = 'file:///usr/share/pixmaps/debian-logo.png'; })";
    const image = (await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script)) as string;
    return { image, workers: Object.keys(session.defaultSession.serviceWorkers.getAllRunning()).length };
  });
  expect(outcome).toEqual({ image: 'blocked', workers: 0 });
});

test('20. the page is given two functions, and nothing of Electron', async () => {
  const given = await running.window.evaluate(() => ({
    keys: Object.keys(window.instruire).sort(),
    electron: ['ipcRenderer', 'electron', 'electronBinding', 'webFrame', 'contextBridge'].filter((name) => name in window),
  }));
  expect(given).toEqual({ keys: ['call', 'on'], electron: [] });
  const leaked = await running.window.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const stop = window.instruire.on('consultation.progress', (...all: unknown[]) => resolve(all.length));
        stop();
        resolve(0);
      }),
  );
  expect(leaked).toBe(0);
});

import { expect, test } from '@playwright/test';

import { type ChannelName, channels } from '../../shared/ipc';
import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';

let running: RunningApp;

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
});

test.afterAll(() => discardApp(running));

test('the renderer is sandboxed, isolated, and has neither Node nor Electron', async () => {
  const preferences = await running.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ contextIsolation: true, nodeIntegration: false, sandbox: true, webviewTag: false });
  const globals = await running.window.evaluate(() => ['require', 'process', 'module', 'electron', 'Buffer'].filter((name) => name in window));
  expect(globals).toEqual([]);
  expect(await running.window.evaluate(() => Object.keys(window.instruire as object).sort())).toEqual(['call', 'on']);
});

test('the page comes from app:// under a policy that starts from nothing', async () => {
  expect(running.window.url()).toMatch(/^app:\/\/instruire\//);
  const policy = await running.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const response = await contents?.session.fetch('app://instruire/index.html');
    return response?.headers.get('content-security-policy') ?? '';
  });
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
});

test('the renderer reaches no network, loopback included', async () => {
  const outcome = await running.window.evaluate(async () => {
    const attempt = async (url: string): Promise<string> => fetch(url).then(() => 'reached', () => 'blocked');
    return Promise.all(['http://127.0.0.1:9/', 'https://entreprise.api.gouv.fr/', 'app://instruire/index.html', 'file:///etc/hostname'].map(attempt));
  });
  expect(outcome).toEqual(['blocked', 'blocked', 'blocked', 'blocked']);
});

test('script cannot be made from text', async () => {
  const outcome = await running.window.evaluate(() => {
    const before = document.querySelectorAll('script').length;
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    script.remove();
    return { injected: 'injected' in window, before };
  });
  expect(outcome.injected).toBe(false);
});

test('navigation, new windows, web views and permissions are denied', async () => {
  const url = running.window.url();
  await running.window.evaluate(() => {
    window.open('https://example.org/');
    location.assign('https://example.org/');
  });
  expect(running.window.url()).toBe(url);
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  const permissions = await running.window.evaluate(async () =>
    Promise.all(
      (['geolocation', 'notifications', 'clipboard-read', 'camera'] as PermissionName[]).map(async (name) =>
        navigator.permissions.query({ name }).then((status) => status.state, () => 'denied'),
      ),
    ),
  );
  expect(new Set(permissions)).toEqual(new Set(['denied']));
});

test('app:// serves its own folder only, and only GET', async () => {
  const statuses = await running.app.evaluate(async ({ session }) => {
    const paths = [
      'app://instruire/../main/main.cjs',
      'app://instruire/%2e%2e/main/main.cjs',
      'app://instruire/..%2fmain%2fmain.cjs',
      'app://instruire/..%5cmain%5cmain.cjs',
      'app://instruire/%00index.html',
      'app://instruire/assets/../../main/main.cjs',
      'app://autre/index.html',
      'app://instruire/',
    ];
    const found: number[] = [];
    // An address that Electron itself refuses to parse is not served either.
    for (const path of paths) found.push(await session.defaultSession.fetch(path).then((response) => response.status, () => 404));
    found.push((await session.defaultSession.fetch('app://instruire/index.html', { method: 'POST' })).status);
    return found;
  });
  expect(new Set(statuses)).toEqual(new Set([404]));
  const served = await running.app.evaluate(async ({ session }) => (await session.defaultSession.fetch('app://instruire/index.html')).status);
  expect(served).toBe(200);
});

test('an unknown channel, a prototype name or a wrong input is refused in words', async () => {
  const answers = await running.window.evaluate(async () =>
    Promise.all([
      window.instruire.call('nothing.here', undefined),
      window.instruire.call('__proto__', undefined),
      window.instruire.call('constructor', undefined),
      window.instruire.call('session.signIn', { login: 'x', password: 12 }),
      window.instruire.call('dossiers.list', {}),
    ]),
  );
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
  expect(codes).toEqual(['not_found', 'not_found', 'not_found', 'invalid_input', 'not_signed_in']);
});

test('a frame inside the page has no bridge to main', async () => {
  const inside = await running.window.evaluate(async () => {
    const found: string[] = [];
    for (const address of ['about:blank', 'app://instruire/index.html']) {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      await new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true });
        setTimeout(resolve, 2_000);
      });
      try {
        if (frame.contentWindow && 'instruire' in frame.contentWindow) found.push(address);
      } catch {
        // Another origin: the refused page. It cannot be looked into either.
      }
      frame.remove();
    }
    return found;
  });
  expect(inside).toEqual([]);
});

test('a window that does not show the application’s page is refused on every channel', async () => {
  const names = Object.keys(channels) as ChannelName[];
  const messages = await running.app.evaluate(
    async ({ app, BrowserWindow }, allNames) => {
      const forged = new BrowserWindow({ show: false, webPreferences: { preload: `${app.getAppPath()}/dist/preload/preload.cjs`, sandbox: true, contextIsolation: true } });
      try {
        await forged.loadURL('about:blank');
        const script = `Promise.all(${JSON.stringify(allNames)}.map((name) => window.instruire.call(name, undefined).then((answer) => (answer.ok ? 'ok' : answer.error.message))))`;
        return (await forged.webContents.executeJavaScript(script)) as string[];
      } finally {
        forged.destroy();
      }
    },
    names,
  );
  expect(messages).toHaveLength(names.length);
  expect(new Set(messages)).toEqual(new Set(['Cette demande ne vient pas de la fenêtre de l’application : elle est refusée. Relancez l’application ; si cela se reproduit, prévenez votre service informatique.']));
});

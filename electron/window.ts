import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

import { app, BrowserWindow, type IpcMainInvokeEvent, nativeTheme, protocol, type ProtocolRequest, type ProtocolResponse, screen, session, type WebContents } from 'electron';

import { appFile } from './app-files';

import { DEFAULT_SIZE, MINIMUM_SIZE, placeWindow, readWindowState, writeWindowState } from './window-state';

const SCHEME = 'app';
const HOST = 'instruire';
const ORIGIN = `${SCHEME}://${HOST}`;

/** `--app-ground` of the two themes (renderer/app/theme-variables.ts). */
const LIGHT_GROUND = '#f5f7fa';
const DARK_GROUND = '#0d141d';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/** Must run before the app is ready: makes app:// a standard, secure scheme. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/**
 * Serves the built interface over app:// with its CSP, and closes every other way in or out.
 * Resolves once the window has what its page is made of, which it evaluates for a while: this process is then free.
 */
export function guardRenderer(rendererFolder: string): Promise<void> {
  // Not `protocol.handle`: it speaks in fetch's Request and Response, whose library takes longer to load than our own code.
  protocol.registerBufferProtocol(SCHEME, (request, answer) => answer(serve(rendererFolder, request)));
  denyPermissions();
  app.on('web-contents-created', (_event, contents) => denyNavigation(contents));
  return denyNetwork();
}

export interface WindowFiles {
  readonly preload: string;
  /** Where the window was, from one start to the next. */
  readonly state: string;
  /** Linux alone asks for it: elsewhere the program itself carries it. */
  readonly icon: string;
}

export function createWindow(files: WindowFiles): BrowserWindow {
  const place = placeWindow(readWindowState(files.state), screen.getAllDisplays().map(({ workArea }) => workArea));
  const window = new BrowserWindow({
    ...(place?.bounds ?? DEFAULT_SIZE),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Instruire',
    ...(process.platform === 'linux' ? { icon: files.icon } : {}),
    // Shown at once on the ground of the page: the system opens it while the page's process comes up.
    backgroundColor: nativeTheme.shouldUseDarkColors ? DARK_GROUND : LIGHT_GROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload: files.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  if (place?.isMaximized) window.maximize();
  window.on('close', () => writeWindowState(files.state, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }));
  void window.loadURL(`${ORIGIN}/index.html`);
  return window;
}

/** The message comes from the main frame of a window of ours, showing our own page. */
export function isTrustedSender(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  if (!BrowserWindow.fromWebContents(event.sender)) return false;
  return URL.canParse?.(frame.url) !== false && new URL(frame.url).protocol === `${SCHEME}:` && new URL(frame.url).host === HOST;
}

const nothingThere: ProtocolResponse = { statusCode: 404, data: Buffer.alloc(0) };

function serve(rendererFolder: string, request: ProtocolRequest): ProtocolResponse {
  try {
    const url = new URL(request.url);
    const path = appFile(rendererFolder, url.pathname);
    if (request.method !== 'GET' || url.host !== HOST || !path) return nothingThere;
    const nonce = randomBytes(16).toString('base64');
    const body = readFileSync(path);
    const type = mediaTypes[extname(path)] ?? 'application/octet-stream';
    const data = extname(path) === '.html' ? Buffer.from(body.toString('utf8').replaceAll('{{nonce}}', nonce)) : body;
    return { statusCode: 200, data, headers: securityHeaders(type, nonce) };
  } catch {
    return nothingThere;
  }
}

/**
 * No cross-origin-opener-policy: nothing here opens a window or is opened by one (`denyNavigation`), and Chromium
 * would start a second process for the page, to part it from the blank one that it begins with.
 */
function securityHeaders(contentType: string, nonce: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React and the chart library set style attributes on elements they create.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/**
 * The renderer has no network: anything but app:// (and what it makes itself) is cancelled.
 * Resolves once all that the page asks for when it opens has been sent.
 */
function denyNetwork(): Promise<void> {
  const { webRequest } = session.defaultSession;
  const onTheWay = new Set<number>();
  let isPageRead = false;
  webRequest.onBeforeRequest(({ id, url, resourceType }, answer) => {
    onTheWay.add(id);
    isPageRead ||= resourceType === 'script';
    answer({ cancel: !/^(app|blob|data|devtools):/.test(url) });
  });
  return new Promise((sent) => {
    const follow = ({ id }: { readonly id: number }): void => {
      onTheWay.delete(id);
      if (isPageRead && onTheWay.size === 0) sent();
    };
    webRequest.onCompleted(follow);
    webRequest.onErrorOccurred(follow);
  });
}

function denyNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

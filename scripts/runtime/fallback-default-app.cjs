// Default app of the fallback Electron runtime: gives Node 18 the built-ins that today's libraries
// expect, then starts the app folder named on the command line. Never part of the product.
const { app } = require('electron');
const { existsSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');

function addMissingBuiltins() {
  const { webcrypto } = require('node:crypto');
  const events = require('node:events');
  const zlib = require('node:zlib');
  const workerThreads = require('node:worker_threads');
  globalThis.crypto ??= webcrypto;
  globalThis.File ??= require('node:buffer').File;
  globalThis.CustomEvent ??= class CustomEvent extends Event {
    constructor(type, init) {
      super(type, init);
      this.detail = init?.detail ?? null;
    }
  };
  performance.markResourceTiming ??= () => undefined;
  workerThreads.markAsUncloneable ??= () => undefined;
  zlib.createZstdDecompress ??= () => {
    throw new Error('zstd is not available in this runtime');
  };
  events.addAbortListener ??= (signal, listener) => {
    signal.addEventListener('abort', listener, { once: true });
    return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
  };
  Symbol.dispose ??= Symbol('Symbol.dispose');
  Symbol.asyncDispose ??= Symbol('Symbol.asyncDispose');
  Promise.withResolvers ??= function withResolvers() {
    const parts = {};
    parts.promise = new this((resolvePromise, rejectPromise) => {
      parts.resolve = resolvePromise;
      parts.reject = rejectPromise;
    });
    return parts;
  };
  AbortSignal.any ??= (signals) => {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason);
      else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  };
  const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  String.prototype.isWellFormed ??= function isWellFormed() {
    return this.search(loneSurrogates) === -1;
  };
  String.prototype.toWellFormed ??= function toWellFormed() {
    return this.replace(loneSurrogates, '\uFFFD');
  };
}

function startApp() {
  const args = process.argv.slice(1);
  const preloadAt = args.indexOf('-r');
  if (preloadAt >= 0) require(args[preloadAt + 1]);
  const rest = preloadAt >= 0 ? args.toSpliced?.(preloadAt, 2) ?? [...args.slice(0, preloadAt), ...args.slice(preloadAt + 2)] : args;
  const folder = rest.map((arg) => resolve(arg)).find((path) => existsSync(path) && statSync(path).isDirectory());
  if (!folder) throw new Error('No app folder was given on the command line.');
  const manifest = require(join(folder, 'package.json'));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  require(join(folder, manifest.main));
}

addMissingBuiltins();
startApp();

// Built-ins that Node 18 (the fallback Electron) lacks and today's libraries expect. Never part of the product.
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

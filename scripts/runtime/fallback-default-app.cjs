// Default app of the fallback Electron runtime: starts the app folder named on the command line.
// Never part of the product.
require('./node18-builtins.cjs');

const { app } = require('electron');
const { existsSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');

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

startApp();

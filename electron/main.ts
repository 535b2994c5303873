import { join } from 'node:path';

import { app } from 'electron';

import { createWindow, declareScheme, guardRenderer } from './window';

declareScheme();
// As root (containers, CI) Chromium cannot sandbox itself and is told so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

void app.whenReady().then(() => {
  guardRenderer(join(app.getAppPath(), 'dist/renderer'));
  createWindow(join(app.getAppPath(), 'dist/preload/preload.cjs'));
});

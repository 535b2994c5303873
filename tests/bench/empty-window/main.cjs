// The floor for start-up and memory: an Electron window with nothing in it.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  new BrowserWindow({ width: 1360, height: 880, webPreferences: { sandbox: true } }).loadURL(
    'data:text/html,<html data-app-state="ready"><title>empty</title></html>',
  );
});

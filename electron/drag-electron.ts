import { BrowserWindow, nativeImage } from 'electron';

const ICON_PIXELS = 32;

/** A drag needs a picture under the pointer: a sheet of paper, drawn here. */
function sheetIcon(): Electron.NativeImage {
  const pixels = Buffer.alloc(ICON_PIXELS * ICON_PIXELS * 4);
  for (let y = 2; y < ICON_PIXELS - 2; y += 1) {
    for (let x = 6; x < ICON_PIXELS - 6; x += 1) {
      const isEdge = y === 2 || y === ICON_PIXELS - 3 || x === 6 || x === ICON_PIXELS - 7;
      const isLine = y % 6 === 4 && x > 9 && x < ICON_PIXELS - 10;
      pixels.writeUInt32LE(isEdge || isLine ? 0xff6b5a4a : 0xffffffff, (y * ICON_PIXELS + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: ICON_PIXELS, height: ICON_PIXELS });
}

/** The file goes to whatever program the agent drops it on. */
export function startDragOut(path: string): void {
  BrowserWindow.getAllWindows()[0]?.webContents.startDrag({ file: path, icon: sheetIcon() });
}

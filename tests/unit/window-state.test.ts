import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MINIMUM_SIZE, placeWindow, readWindowState, type WindowState, writeWindowState } from '../../electron/window-state';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };
const onRight: WindowState = { bounds: { x: 2200, y: 100, width: 1500, height: 900 }, isMaximized: false };

describe('the place of the window', () => {
  it('is where it was, on the screen where it was', () => {
    expect(placeWindow(onRight, [left, right])).toEqual(onRight);
    expect(placeWindow({ ...onRight, isMaximized: true }, [left, right])).toMatchObject({ isMaximized: true });
  });

  it('is not on a screen that is gone', () => {
    expect(placeWindow(onRight, [left])).toBeNull();
    expect(placeWindow(null, [left])).toBeNull();
  });

  it('always leaves the top of the window in reach of a screen, and no more than that screen', () => {
    const size = fc.integer({ min: -5000, max: 9000 });
    const bounds = fc.record({ x: size, y: size, width: size, height: size });
    fc.assert(
      fc.property(bounds, fc.subarray([left, right], { minLength: 1 }), (saved, areas) => {
        const placed = placeWindow({ bounds: saved, isMaximized: false }, areas)?.bounds;
        if (!placed) return;
        expect(placed.width).toBeGreaterThanOrEqual(MINIMUM_SIZE.width);
        const holds = (area: typeof left): boolean =>
          placed.y >= area.y && placed.y < area.y + area.height && placed.x < area.x + area.width && placed.x + placed.width > area.x && placed.width <= area.width && placed.height <= area.height;
        expect(areas.some(holds)).toBe(true);
      }),
    );
  });
});

describe('its file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'instruire-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was written', () => {
    const path = join(folder, 'window.json');
    writeWindowState(path, onRight);
    expect(readWindowState(path)).toEqual(onRight);
  });

  it.each(['', '{', 'null', '[]', '{"bounds":null,"isMaximized":true}', '{"bounds":{"x":1},"isMaximized":true}', '{"bounds":{"x":1e99,"y":0,"width":1,"height":1},"isMaximized":true}'])('says nothing when it holds %j', (text) => {
    const path = join(folder, 'window.json');
    writeFileSync(path, text);
    expect(readWindowState(path)).toBeNull();
  });

  it('may be impossible to write', () => {
    expect(() => writeWindowState(join(folder, 'absent', 'window.json'), onRight)).not.toThrow();
    expect(readWindowState(join(folder, 'absent', 'window.json'))).toBeNull();
  });
});

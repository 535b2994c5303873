import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** In pixels of the desktop. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Where the window is when it is not maximised. */
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

export const DEFAULT_SIZE = { width: 1360, height: 880 } as const;
export const MINIMUM_SIZE = { width: 360, height: 480 } as const;
/** Of the top of the window, what must be in reach to move it. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Where to open the window: where it was, cut to the screen that it is on; null when that screen is gone or nothing sound is known.
 * @param workAreas of the screens there are now.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): WindowState | null {
  if (saved === null) return null;
  const { bounds } = saved;
  const area = workAreas.find((one) => isInReach(bounds, one));
  if (!area) return null;
  const width = Math.min(Math.max(bounds.width, MINIMUM_SIZE.width), area.width);
  const height = Math.min(Math.max(bounds.height, MINIMUM_SIZE.height), area.height);
  const x = Math.min(Math.max(bounds.x, area.x + GRIP.width - width), area.x + area.width - GRIP.width);
  return { ...saved, bounds: { x, y: Math.max(bounds.y, area.y), width, height } };
}

function isInReach({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return across >= GRIP.width && y >= area.y - GRIP.height && y + GRIP.height <= area.y + area.height;
}

/** Null for a file that is absent or says nothing sound. */
export function readWindowState(path: string): WindowState | null {
  try {
    const { bounds, isMaximized } = JSON.parse(readFileSync(path, 'utf8')) as Partial<WindowState>;
    if (!bounds || typeof isMaximized !== 'boolean') return null;
    const { x, y, width, height } = bounds;
    return [x, y, width, height].every(Number.isSafeInteger) ? { bounds: { x, y, width, height }, isMaximized } : null;
  } catch {
    return null;
  }
}

/** What cannot be written is forgotten: the window opens at its first size next time. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  } catch {
    // A full disk does not keep a window from closing.
  }
}

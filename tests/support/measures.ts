import { expect } from '@playwright/test';

import { accessibilityFaults, cutTexts, hiddenFocus, imposeTextSpacing, liftTextSpacing, longMotions, sidewaysOverflow, stickingOut, unmarkedChoices } from './accessibility';
import type { RunningApp } from './app';
import { breakableTexts } from './typography';

export const WIDTH = 1_280;

export async function setTheme({ window }: RunningApp, colorScheme: 'light' | 'dark'): Promise<void> {
  await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(window.locator(`html[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
}

/** Gives the window that width, in pixels of the screen, and that zoom. */
export async function zoom({ app, window }: RunningApp, factor: number, width = WIDTH): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { zoomFactor, pixels }) => {
      const shown = BrowserWindow.getAllWindows()[0];
      shown?.setContentSize(pixels, 1_024);
      shown?.webContents.setZoomFactor(zoomFactor);
    },
    { zoomFactor: factor, pixels: width },
  );
  await expect.poll(() => window.evaluate((expected) => Math.abs(innerWidth - expected) <= 1, width / factor)).toBe(true);
}

async function overflowAt(running: RunningApp, factor: number, width: number): Promise<readonly string[]> {
  await zoom(running, factor);
  const words = await overflowWords(running);
  await zoom(running, 1, width);
  return words;
}

/** A chart or a menu finds its place a moment after the window or its text has changed: only what stays too wide is a fault. */
async function overflowWords({ window }: RunningApp): Promise<readonly string[]> {
  await expect.poll(() => sidewaysOverflow(window), { timeout: 3_000 }).toBe(0).catch(() => undefined);
  const pixels = await sidewaysOverflow(window);
  return pixels > 0 ? [`${pixels} px overflow sideways`, ...(await stickingOut(window))] : [];
}

async function spacedOut(running: RunningApp): Promise<readonly string[]> {
  await imposeTextSpacing(running.window);
  const lost = [...(await cutTexts(running.window)), ...(await overflowWords(running))];
  await liftTextSpacing(running.window);
  return lost;
}

async function inTheDark(running: RunningApp): Promise<readonly string[]> {
  await setTheme(running, 'dark');
  const faults = await accessibilityFaults(running.window);
  await setTheme(running, 'light');
  return faults;
}

/** With the colours that the system imposes (high contrast). */
async function withForcedColours({ window }: RunningApp): Promise<readonly string[]> {
  await window.emulateMedia({ forcedColors: 'active' });
  const faults = await unmarkedChoices(window);
  await window.emulateMedia({ forcedColors: 'none' });
  return faults;
}

/** What is wrong with what is on the screen as it stands, by measure; empty when nothing is. */
export async function measured(running: RunningApp, name: string, width = WIDTH): Promise<Readonly<Record<string, readonly string[]>>> {
  const measures: readonly (readonly [words: string, measure: () => Promise<readonly string[]>])[] = [
    ['light theme', () => accessibilityFaults(running.window)],
    ['dark theme', () => inTheDark(running)],
    ['typography', () => breakableTexts(running.window)],
    ['focus', () => hiddenFocus(running.window)],
    ['reduced motion', () => longMotions(running.window)],
    ['forced colours', () => withForcedColours(running)],
    ['text spacing', () => spacedOut(running)],
    ['200 % zoom', () => overflowAt(running, 2, width)],
    ['320 CSS pixels (400 % zoom)', () => overflowAt(running, 4, width)],
  ];
  const faults: Record<string, readonly string[]> = {};
  for (const [words, measure] of measures) {
    const found = await measure();
    if (found.length > 0) faults[`${name}, ${words}`] = found;
  }
  return faults;
}

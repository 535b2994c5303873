import { expect, type Locator, type Page } from '@playwright/test';

import { launchApp, type RunningApp, waitUntilReady } from '../app';
import { setTheme } from '../measures';
import { furnish, launchBatch } from '../screens';
import type { Dialog } from './dialog';

/** The application with all that the dialogs of the list are opened on. */
export async function launchForDialogs(): Promise<RunningApp> {
  const running = await launchApp();
  await waitUntilReady(running.window);
  await furnish(running.window);
  await launchBatch(running.window);
  await expect(running.window.getByRole('button', { name: 'Exporter' })).toBeVisible();
  await setTheme(running, 'light');
  return running;
}

export function opened(window: Page): Locator {
  return window.locator('[role="dialog"]:visible, [role="menu"]:visible, [role="listbox"]:visible');
}

export async function leave({ window }: RunningApp, { name, close }: Dialog): Promise<void> {
  if (close) await close(window);
  else await window.keyboard.press('Escape');
  await expect(opened(window), name).toHaveCount(0);
}

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { furnish, screens } from '../support/screens';
import { spokenFaults, spokenOn } from '../support/spoken';

let running: RunningApp;

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
});

test.afterAll(() => discardApp(running));

test('each screen is read aloud in French, in order, with a name for all that can be used', async () => {
  test.setTimeout(300_000);
  const { window } = running;
  const faults: Record<string, readonly string[]> = {};
  const listen = async (screen: string): Promise<void> => {
    const found = spokenFaults(await spokenOn(window));
    if (found.length > 0) faults[screen] = found;
  };
  expect(await window.evaluate(() => document.documentElement.lang)).toBe('fr');
  await listen('Connexion');
  await furnish(window);
  for (const [name, open] of screens) {
    await open(window);
    await listen(name);
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog').or(window.getByRole('menu'))).toHaveCount(0);
  }
  expect(faults).toEqual({});
});

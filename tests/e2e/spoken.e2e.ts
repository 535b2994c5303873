import { expect, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { furnish, screens } from '../support/screens';
import { type Spoken, spokenOn } from '../support/spoken';
import { spokenFaults } from '../support/spoken-faults';

let running: RunningApp;
let gate: readonly Spoken[];

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
  gate = await spokenOn(running.window);
  await furnish(running.window);
});

test.afterAll(() => discardApp(running));

test('each screen is read aloud in French, in order, with a name for all that can be used', async () => {
  test.setTimeout(300_000);
  const { window } = running;
  const faults: Record<string, readonly string[]> = {};
  const listen = (screen: string, heard: readonly Spoken[]): void => {
    const found = spokenFaults(heard);
    if (found.length > 0) faults[screen] = found;
  };
  expect(await window.evaluate(() => document.documentElement.lang)).toBe('fr');
  listen('Connexion', gate);
  for (const [name, open] of screens) {
    await open(window);
    listen(name, await spokenOn(window));
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog').or(window.getByRole('menu'))).toHaveCount(0);
  }
  expect(faults).toEqual({});
});

test('the palette tells which line is chosen as its list is walked', async () => {
  const { window } = running;
  await window.keyboard.press('Control+k');
  const field = window.getByRole('combobox', { name: /^Aller à/ });
  const chosen = () => window.getByRole('listbox', { name: 'Propositions' }).getByRole('option', { selected: true });
  const told = () => field.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null);
  await field.fill('quota');
  await expect(chosen()).toHaveText(/Quota/);
  await expect.poll(told).toMatch(/Quota/);
  await field.fill('');
  await expect(chosen()).toHaveText('Accueil');
  await window.keyboard.press('ArrowDown');
  await expect(chosen()).toHaveText('Dossiers');
  await expect.poll(told).toBe('Dossiers');
  await window.keyboard.press('Escape');
});

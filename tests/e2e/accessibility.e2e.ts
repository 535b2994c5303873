import { expect, test } from '@playwright/test';

import type { ScreenName } from '../../renderer/app/navigation';
import { screenTitles, windowTitle } from '../../renderer/app/screen-titles';
import { accessibilityFaults } from '../support/accessibility';
import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { pressOn } from '../support/keyboard';
import { measured, setTheme } from '../support/measures';
import { furnish, menu, screens } from '../support/screens';

let running: RunningApp;

async function closeWhatIsOpen(): Promise<void> {
  await running.window.keyboard.press('Escape');
  await expect(running.window.getByRole('dialog').or(running.window.getByRole('menu'))).toHaveCount(0);
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
});

test.afterAll(() => discardApp(running));

test('the gate has no accessibility fault, in both themes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await setTheme(running, colorScheme);
    expect(await accessibilityFaults(running.window), colorScheme).toEqual([]);
  }
  await furnish(running.window);
});

test('no screen has an accessibility fault, in both themes, spaced out, or zoomed, nor hides what has the focus', async () => {
  test.setTimeout(420_000);
  await setTheme(running, 'light');
  const faults: Record<string, readonly string[]> = {};
  const titles = new Set<string>();
  for (const [name, open] of screens) {
    await open(running.window);
    titles.add(await running.window.title());
    Object.assign(faults, await measured(running, name));
    await closeWhatIsOpen();
  }
  expect(faults).toEqual({});
  // A screen that is not in the list was looked at by nobody.
  expect([...titles].sort()).toEqual(Object.keys(screenTitles).map((name) => windowTitle(name as ScreenName)).sort());
});

test('with the colours that the system imposes, what is chosen and what has the focus still shows', async () => {
  const { window } = running;
  await window.emulateMedia({ forcedColors: 'active' });
  await menu(window, 'Quota');
  const current = window.getByRole('navigation', { name: 'Menu principal' }).locator('[aria-current="page"]');
  const other = window.getByRole('navigation', { name: 'Menu principal' }).getByRole('button', { name: 'Accueil' });
  const groundOf = (element: Element): string => getComputedStyle(element).backgroundColor;
  expect(await current.evaluate(groundOf)).not.toBe(await other.evaluate(groundOf));
  await window.keyboard.press('Tab');
  expect(await window.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe('solid');
  await window.emulateMedia({ forcedColors: 'none' });
});

test('the main job is done from the keyboard alone, focus always in sight', async () => {
  const { window } = running;
  await menu(running.window, 'Accueil');
  await window.keyboard.press('Alt+2');
  await expect(window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first()).toBeVisible();
  await pressOn(window, window.getByRole('list', { name: 'Dossiers' }).getByRole('button', { name: /^Rénovation de l’école du centre/ }).first());
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button').first()).toBeVisible();
  await pressOn(window, window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /^Atelier/i }).first());
  await expect(window.getByRole('button', { name: /^Tout consulter/ })).toBeEnabled();
  await pressOn(window, window.getByRole('button', { name: /^Tout consulter/ }));
  await expect(window.getByRole('button', { name: /^Lancer les/ })).toBeFocused();
  await window.keyboard.press('Escape');
  await window.keyboard.press('Alt+ArrowLeft');
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' })).toBeVisible();
  await window.keyboard.press('Control+k');
  await window.keyboard.type('quota');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Quota', level: 1 })).toBeVisible();
});

test('each shortcut listed under ? is answered', async () => {
  const { window } = running;
  await menu(window, 'Accueil');
  await window.keyboard.press('?');
  const list = window.getByRole('table', { name: 'Raccourcis clavier : partout' });
  await expect(list).toBeVisible();
  const rows = await list.getByRole('row').evaluateAll((lines) =>
    lines.map((line) => ({ keys: [...line.querySelectorAll('kbd')].map((key) => key.textContent), act: line.querySelector('td:last-child')?.textContent ?? '' })),
  );
  await window.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  const toScreens = rows.filter(({ keys: [first, last] }) => first === 'Alt' && last !== '←');
  for (const { keys, act } of toScreens) {
    await window.keyboard.press(keys.join('+'));
    await expect(window).toHaveTitle(`${act} – Instruire`);
  }
  await window.keyboard.press('Alt+ArrowLeft');
  await expect(window).toHaveTitle(`${toScreens.at(-2)?.act ?? ''} – Instruire`);
  await window.keyboard.press('/');
  await expect(window.locator('.shell-search input')).toBeFocused();
  expect(rows.map(({ keys }) => keys.join(' '))).toEqual(expect.arrayContaining(['Ctrl K', '/', 'Alt ←', 'Échap', '?']));
});

test('a link skips the menu', async () => {
  const { window } = running;
  await window.locator('.skip-link').focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('main')).toBeFocused();
});

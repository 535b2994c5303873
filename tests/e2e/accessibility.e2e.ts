import { expect, test } from '@playwright/test';

import type { ScreenName } from '../../renderer/app/navigation';
import { screenTitles, windowTitle } from '../../renderer/app/screen-titles';
import { accessibilityFaults, cutTexts, imposeTextSpacing, liftTextSpacing, sidewaysOverflow, stickingOut } from '../support/accessibility';
import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { menu, screens } from '../support/screens';
import * as steps from '../support/steps';

let running: RunningApp;

async function setTheme(colorScheme: 'light' | 'dark'): Promise<void> {
  await running.window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(running.window.locator(`html[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
}

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
    await setTheme(colorScheme);
    expect(await accessibilityFaults(running.window), colorScheme).toEqual([]);
  }
  await steps.createFirstAccount(running.window);
  await steps.createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await steps.addCompany(running.window, 'Atelier');
  await steps.consultAll(running.window);
  await running.window.getByRole('button', { name: /^Télécharger : / }).first().click();
  await expect(running.window.getByRole('button', { name: /^Voir : / }).first()).toBeVisible();
});

/** What each screen is measured for, as it stands: none of these may find anything. */
const measures: readonly (readonly [words: string, measure: () => Promise<readonly string[]>])[] = [
  ['light theme', () => accessibilityFaults(running.window)],
  ['dark theme', async () => {
    await setTheme('dark');
    const faults = await accessibilityFaults(running.window);
    await setTheme('light');
    return faults;
  }],
  ['text spacing', async () => {
    await imposeTextSpacing(running.window);
    const lost = [...(await cutTexts(running.window)), ...(await overflowWords())];
    await liftTextSpacing(running.window);
    return lost;
  }],
  ['200 % zoom', () => overflowAt(2)],
  ['320 CSS pixels (400 % zoom)', () => overflowAt(4)],
];

test('no screen or dialog has an accessibility fault, in both themes, spaced out, or zoomed', async () => {
  test.setTimeout(420_000);
  await setTheme('light');
  const faults: Record<string, readonly string[]> = {};
  const titles = new Set<string>();
  for (const [name, open] of screens) {
    await open(running.window);
    titles.add(await running.window.title());
    for (const [words, measure] of measures) {
      const found = await measure();
      if (found.length > 0) faults[`${name}, ${words}`] = found;
    }
    await closeWhatIsOpen();
  }
  expect(faults).toEqual({});
  // A screen that is not in the list was looked at by nobody.
  expect([...titles].sort()).toEqual(Object.keys(screenTitles).map((name) => windowTitle(name as ScreenName)).sort());
});

/** A chart or a menu finds its place a moment after the window has changed: only what stays too wide is a fault. */
async function overflowAt(factor: number): Promise<readonly string[]> {
  await zoom(factor);
  await expect.poll(() => sidewaysOverflow(running.window), { timeout: 3_000 }).toBe(0).catch(() => undefined);
  const words = await overflowWords();
  await zoom(1);
  return words;
}

async function overflowWords(): Promise<readonly string[]> {
  const pixels = await sidewaysOverflow(running.window);
  return pixels > 0 ? [`${pixels} px overflow sideways`, ...(await stickingOut(running.window))] : [];
}

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

async function zoom(factor: number): Promise<void> {
  await running.app.evaluate(({ BrowserWindow }, zoomFactor) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setContentSize(1_280, 1_024);
    window?.webContents.setZoomFactor(zoomFactor);
  }, factor);
  await expect.poll(() => running.window.evaluate((expected) => Math.abs(innerWidth - expected) <= 1, 1_280 / factor)).toBe(true);
}

test('reduced motion is obeyed', async () => {
  await running.window.emulateMedia({ reducedMotion: 'reduce' });
  await menu(running.window, 'Accueil');
  const longest = await running.window.evaluate(() =>
    Math.max(...[...document.querySelectorAll('*')].flatMap((element) => getComputedStyle(element).transitionDuration.split(',').map((duration) => Number.parseFloat(duration)))),
  );
  expect(longest).toBeLessThan(0.01);
});

test('the main job is done from the keyboard alone, focus always in sight', async () => {
  const { window } = running;
  await menu(running.window, 'Accueil');
  await window.keyboard.press('Alt+2');
  await expect(window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first()).toBeVisible();
  await tabTo(/^Rénovation de l’école du centre/);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button').first()).toBeVisible();
  await tabTo(/^ATELIERS|^Atelier/i);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('button', { name: /^Tout consulter/ })).toBeEnabled();
  await tabTo(/^Tout consulter/);
  await window.keyboard.press('Enter');
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

const MOST_STOPS = 60;

/** Presses Tab until something of that name has the focus, and checks on the way that the focus is drawn. */
async function tabTo(name: RegExp): Promise<void> {
  const { window } = running;
  const found: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await window.keyboard.press('Tab');
    const { text, isDrawn } = await window.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, boxShadow, borderColor } = getComputedStyle(element);
      const isField = /^(input|textarea)$/i.test(element.tagName);
      return {
        text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
        // Mantine draws a field's focus with its border.
        isDrawn: outlineStyle !== 'none' || boxShadow !== 'none' || (isField && borderColor !== ''),
      };
    });
    if (!isDrawn) throw new Error(`the focus is not drawn on « ${text} »`);
    if (name.test(text)) return;
    found.push(text);
  }
  throw new Error(`${String(name)} is not reached from the keyboard; passed ${found.join(' | ')}`);
}

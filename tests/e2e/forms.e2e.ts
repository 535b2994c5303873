import { expect, type Page, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { zoom } from '../support/measures';
import { goTo, launchWithAccount } from '../support/steps';

let running: RunningApp;
let window: Page;

test.beforeAll(async () => {
  running = await launchWithAccount();
  window = running.window;
});

test.afterAll(() => discardApp(running));

const FRAMES = 40;

/** Where the next dialog to open stands, frame after frame from its first one. */
async function watchNextDialog(): Promise<() => Promise<readonly string[]>> {
  const places = await window.evaluateHandle((frames) => {
    const found: string[] = [];
    return {
      whenSeen: new Promise<string[]>((resolve) => {
        const look = (): void => {
          const box = document.querySelector('[role=dialog]')?.getBoundingClientRect();
          if (box) found.push(`${box.left},${box.top}`);
          if (found.length < frames) requestAnimationFrame(look);
          else resolve(found);
        };
        requestAnimationFrame(look);
      }),
    };
  }, FRAMES);
  return () => places.evaluate(({ whenSeen }) => whenSeen);
}

for (const [screen, button] of [['Habilitations', 'Nouvelle habilitation'], ['Dossiers', 'Nouveau dossier'], ['Agents', 'Nouveau compte']] as const) {
  test(`« ${button} » opens in its place: nothing moves under the pointer`, async () => {
    await goTo(window, screen);
    const places = await watchNextDialog();
    await window.getByRole('button', { name: button }).first().click();
    expect(new Set(await places()).size).toBe(1);
    await window.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
    await expect(window.getByRole('dialog')).toBeHidden();
  });
}

test('a dossier sent with faults leads to its first one, in sight, whatever was scrolled', async () => {
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
  // Too high for the window: the fields are out of sight once its end is reached.
  await zoom(running, 2);
  const send = window.getByRole('button', { name: 'Créer le dossier' });
  const title = window.getByLabel('Titre', { exact: true });
  const object = window.getByLabel('Objet', { exact: true });
  await send.scrollIntoViewIfNeeded();
  await expect(title).not.toBeInViewport();
  await send.click();
  await expect(title).toBeFocused();
  await expect(title).toBeInViewport({ ratio: 1 });
  await expect(window.getByText('Donnez un titre au dossier.')).toBeInViewport({ ratio: 1 });
  await title.fill('École du centre');
  await send.click();
  await expect(object).toBeFocused();
  await expect(object).toBeInViewport({ ratio: 1 });
  await zoom(running, 1);
  await window.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
  await expect(window.getByRole('dialog')).toBeHidden();
});

/** Main answers no change of the settings until it is told to. */
async function holdSettingsAnswers(): Promise<() => Promise<void>> {
  await running.app.evaluate(({ ipcMain }) => {
    const doors = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })._invokeHandlers;
    const held = new Promise<void>((resolve) => Object.assign(globalThis, { releaseSettings: resolve }));
    for (const [name, answer] of doors) {
      doors.set(name, async (...args) => {
        if (args.includes('settings.update')) await held;
        return answer(...args);
      });
    }
  });
  return () => running.app.evaluate(() => (globalThis as unknown as { releaseSettings: () => void }).releaseSettings());
}

test('a setting shows what was chosen, and a late answer takes nothing back', async () => {
  await goTo(window, 'Réglages');
  const contexts = window.getByRole('combobox', { name: 'Contextes' });
  const slow = window.getByRole('switch', { name: 'Attendre plus longtemps les réponses lentes' });
  await expect(contexts).toBeVisible();
  const release = await holdSettingsAnswers();
  for (const context of ['Aides locales', 'Contrôle interne']) {
    await contexts.fill(context);
    await contexts.press('Enter');
  }
  const before = await slow.isChecked();
  await slow.setChecked(!before);
  await release();
  await goTo(window, 'Accueil');
  await goTo(window, 'Réglages');
  for (const context of ['Aides locales', 'Contrôle interne']) await expect(window.getByText(context, { exact: true })).toBeVisible();
  await expect(slow).toBeChecked({ checked: !before });
});

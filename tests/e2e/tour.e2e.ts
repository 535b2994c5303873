import { expect, type Page, test } from '@playwright/test';

import { tourSteps } from '../../renderer/features/tour/tour-steps';
import { accessibilityFaults } from '../support/accessibility';
import { discardApp, launchApp, waitUntilReady } from '../support/app';
import * as steps from '../support/steps';

test('the guided tour: offered once, walked from the keyboard, left and taken up again', async () => {
  const running = await launchApp();
  const { window } = running;
  try {
    await waitUntilReady(window);
    await steps.createFirstAccount(window);
    const tour = window.getByRole('complementary', { name: 'Visite guidée' });
    await expect(tour.getByRole('heading', { name: 'Première fois ici ?' })).toBeVisible();
    expect(await accessibilityFaults(window)).toEqual([]);
    await press(window, 'Commencer la visite');
    await walk(window, 0, 3);
    await press(window, 'Interrompre');
    await expect(tour).toHaveCount(0);
    await window.getByRole('main').focus();
    await window.keyboard.press('?');
    await press(window, `Reprendre la visite guidée (étape 4 sur ${tourSteps.length})`);
    // A dialog that closes gives the focus back: the step must have it after that.
    await expect(window.getByRole('dialog')).toHaveCount(0);
    await walk(window, 3, tourSteps.length - 1);
    await press(window, 'Terminer la visite');
    await steps.goTo(window, 'Accueil');
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(tour).toHaveCount(0);
  } finally {
    await discardApp(running);
  }
});

/** From one step to another: each has the focus, points at something that is there, and lets the screen be used. */
async function walk(window: Page, from: number, to: number): Promise<void> {
  for (let index = from; index <= to; index += 1) {
    const step = tourSteps[index];
    await expect(window.getByRole('heading', { name: step?.title ?? '', level: 2 })).toBeFocused();
    if (step?.target) await expect(window.locator('main [data-tour-target]')).toBeInViewport();
    expect(await accessibilityFaults(window), step?.title ?? '').toEqual([]);
    if (index < to) await press(window, 'Suivant');
  }
}

async function press(window: Page, name: string): Promise<void> {
  const button = window.getByRole('button', { name, exact: true });
  await button.focus();
  await window.keyboard.press('Enter');
}

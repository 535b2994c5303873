import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { expect, type Page, test } from '@playwright/test';

import { accessibilityFaults } from '../support/accessibility';
import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import * as steps from '../support/steps';

let running: RunningApp;

test.afterEach(() => discardApp(running));

const TITLE = 'Réfection du préau';
const DATA = 'Attestation de vigilance';
const TEN_MINUTES_MS = 600_000;

/** Sets the clock that the application reads; the embedded service keeps the machine's own. */
async function setClockAhead({ app }: RunningApp, aheadMs: number): Promise<void> {
  await app.evaluate((_electron, ms) => {
    const clock = globalThis as { trueNow?: () => number };
    const trueNow = (clock.trueNow ??= Date.now.bind(Date));
    Date.now = () => trueNow() + ms;
  }, aheadMs);
}

const notices = (window: Page) => window.getByRole('region', { name: 'Avis' });

async function openSheet(): Promise<Page> {
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, { title: TITLE, object: 'MP-2026-014' });
  await steps.addCompany(running.window, 'Atelier');
  return running.window;
}

async function ask(window: Page, button: 'Consulter' | 'Réessayer'): Promise<void> {
  await steps.card(window, DATA).getByRole('button', { name: button }).click();
}

/** With its notice and the button in it, in both themes. */
async function expectAccessible(window: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await accessibilityFaults(window), colorScheme).toEqual([]);
  }
  await window.emulateMedia({ colorScheme: null });
}

async function reopenSheet(window: Page): Promise<void> {
  await steps.goTo(window, 'Dossiers');
  await window.getByRole('button', { name: new RegExp(TITLE) }).first().click();
  await window.getByRole('button', { name: /ATELIERS DU VALLON BLEU/ }).first().click();
}

/** To something that was not asked for yet. */
async function expectAnswer(window: Page): Promise<void> {
  const other = steps.card(window, 'Données de l’unité légale');
  await other.getByRole('button', { name: 'Consulter' }).click();
  await expect(other.getByRole('button', { name: 'Actualiser' })).toBeVisible();
}

test('a clock set back keeps calls from leaving, says the right hour, and calls leave once it is put right', async () => {
  const window = await openSheet();
  await setClockAhead(running, -TEN_MINUTES_MS);
  const notice = notices(window).getByText(/L’horloge de ce poste est en retard de 10 minutes/);
  await expect(notice).toContainText('mettez ce poste à l’heure');
  await ask(window, 'Consulter');
  await expect(steps.card(window, DATA).getByText(/L’horloge de ce poste est en retard de 10 minutes/)).toBeVisible();
  await notices(window).getByRole('button', { name: 'Vérifier l’heure maintenant' }).click();
  await expect(notices(window).getByRole('button', { name: 'Vérifier l’heure maintenant' })).toBeEnabled();
  await expect(notice).toContainText('L’heure du service est');
  await expectAccessible(window);

  await test.step('a batch waits for it', async () => {
    await steps.goTo(window, 'Lots');
    await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
    await window.getByLabel('Un identifiant par ligne').fill('299028209');
    await window.getByRole('button', { name: 'Lire ce texte' }).click();
    await steps.planBatch(window, TITLE);
    await window.getByRole('button', { name: /^Lancer les/ }).click();
    await expect(window.locator('main').getByText(/L’horloge de ce poste est en retard/)).toHaveCount(2);
  });

  await setClockAhead(running, 0);
  await expect(notice).toBeHidden();
  await expect(window.getByText(/^Terminé/).first()).toBeVisible({ timeout: 60_000 });
});

test('a clock that was ahead and is put right is confirmed by the service, and calls leave', async () => {
  const window = await openSheet();
  await setClockAhead(running, TEN_MINUTES_MS);
  await ask(window, 'Consulter');
  await expect(steps.card(window, DATA).getByRole('button', { name: 'Actualiser' })).toBeVisible();
  const { userData } = running;
  await running.close();
  running = await launchApp({ userData });
  await waitUntilReady(running.window);
  await steps.signIn(running.window, steps.firstAccount.login, steps.firstAccount.password);
  await reopenSheet(running.window);
  await expect(notices(running.window).getByText(/L’horloge de ce poste/)).toBeHidden();
  await expectAnswer(running.window);
});

test('an altered row keeps calls from leaving until whoever answers for the journal has met it in a verification', async () => {
  let window = await openSheet();
  await ask(window, 'Consulter');
  await expect(steps.card(window, DATA).getByRole('button', { name: 'Actualiser' })).toBeVisible();
  const { userData } = running;
  await running.close();
  const database = new DatabaseSync(join(userData, 'journal.db'));
  database.exec('DROP TRIGGER entries_do_not_change; UPDATE entries SET at = at + 1 WHERE seq = 3');
  database.close();
  running = await launchApp({ userData });
  window = running.window;
  await waitUntilReady(window);
  await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
  await expect(notices(window).getByText(/modifié ou abîmé à la ligne 3\s: les appels sont suspendus/)).toBeVisible();
  await expectAccessible(window);
  await notices(window).getByRole('button', { name: 'Vérifier cette ligne' }).click();
  await expect(window.getByLabel('De la ligne')).toHaveValue('3');
  await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await expect(notices(window).getByText(/à la ligne 3\s: une vérification l’a constaté/)).toBeVisible();
  await reopenSheet(window);
  await expectAnswer(window);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { pressOn, tabTo } from '../support/keyboard';
import * as steps from '../support/steps';

let folder: string;
let running: RunningApp;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lots-clavier-'));
  running = await steps.launchWithAccount();
});
test.afterEach(async () => {
  await discardApp(running);
  rmSync(folder, { recursive: true, force: true });
});

/** What the desktop is told while a batch runs. */
interface Told {
  readonly progress: number[];
  readonly blockers: number[];
  notices: number;
}

async function watchDesktop({ app }: RunningApp): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification, powerSaveBlocker }) => {
    const told: Told = { progress: [], blockers: [], notices: 0 };
    (globalThis as unknown as { told: Told }).told = told;
    const { setProgressBar } = BrowserWindow.prototype;
    BrowserWindow.prototype.setProgressBar = function (fraction) {
      told.progress.push(fraction);
      setProgressBar.call(this, fraction);
    };
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      const id = start(type);
      told.blockers.push(id);
      return id;
    };
    Notification.isSupported = () => true;
    Notification.prototype.show = () => void (told.notices += 1);
  });
}

function desktopTold({ app }: RunningApp) {
  return app.evaluate(({ powerSaveBlocker }) => {
    const { progress, blockers, notices } = (globalThis as unknown as { told: Told }).told;
    return { progress, notices, started: blockers.length, awake: blockers.filter((id) => powerSaveBlocker.isStarted(id)).length };
  });
}

test('a whole batch goes by the keyboard alone, and the desktop is told', async () => {
  test.setTimeout(180_000);
  const { window } = running;
  await steps.createDossier(window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await watchDesktop(running);
  await running.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), steps.candidateList);
  const path = join(folder, 'lot.csv');
  await steps.answerSaveDialog(running, path);

  await test.step('the list is pasted', async () => {
    await pressOn(window, window.getByRole('navigation', { name: 'Menu principal' }).getByRole('button', { name: 'Lots', exact: true }));
    await pressOn(window, window.getByRole('button', { name: 'Nouveau lot' }).first());
    await tabTo(window, window.getByLabel(/^Un identifiant par ligne/));
    await window.keyboard.press('ControlOrMeta+V');
    await pressOn(window, window.getByRole('button', { name: 'Lire ce texte' }));
    await expect(window.getByRole('group', { name: /^Étape 2 sur 4/ })).toBeFocused();
  });

  await test.step('its lines are checked', async () => {
    await tabTo(window, window.getByRole('tab', { name: /^Lignes utilisables/ }));
    await window.keyboard.press('ArrowRight');
    await expect(window.getByRole('table', { name: 'Lignes mises de côté' }).getByRole('row').filter({ hasText: 'clé de Luhn' })).toBeVisible();
    await pressOn(window, window.getByRole('button', { name: /^Continuer avec/ }));
  });

  await test.step('it is planned and launched', async () => {
    await tabTo(window, window.getByRole('combobox', { name: 'Dossier' }));
    await window.keyboard.type('Rénovation');
    await expect(window.getByRole('option', { name: /^Rénovation/ })).toBeVisible();
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    for (const box of await steps.closableData(window)) {
      await tabTo(window, box);
      await window.keyboard.press('Space');
    }
    await pressOn(window, window.getByRole('button', { name: /^Voir le coût/ }));
    await expect(window.getByRole('heading', { name: 'Coût par famille de quota' })).toBeVisible();
    await pressOn(window, window.getByRole('button', { name: /^Lancer les/ }));
    await expect(window.getByText(/^Terminé/).first()).toBeVisible({ timeout: 120_000 });
  });

  await test.step('the desktop was told, and nothing is left of it', async () => {
    // The desktop is told beside the window: either may be first.
    await expect(async () => {
      const told = await desktopTold(running);
      expect(told).toMatchObject({ awake: 0, notices: 1 });
      expect(told.progress.at(-1)).toBe(-1);
    }).toPass({ timeout: 15_000 });
    const { started, progress } = await desktopTold(running);
    expect(started).toBeGreaterThan(0);
    expect(progress.some((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
  });

  await test.step('a cell is opened and closed', async () => {
    await pressOn(window, window.getByRole('button', { name: /^Obtenu.*: Données de l’unité légale, ligne 2/ }));
    await expect(window.getByRole('dialog', { name: /Données de l’unité légale — ligne 2/ }).getByText(/^Source\s: /)).toBeVisible();
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog')).toBeHidden();
  });

  await test.step('it is taken out', async () => {
    await pressOn(window, window.getByRole('button', { name: 'Exporter' }));
    await expect(window.getByRole('menuitem', { name: 'Classeur Excel' })).toBeVisible();
    await window.keyboard.press('ArrowDown');
    while (!(await window.getByRole('menuitem', { name: 'Tableau CSV' }).evaluate((element) => element === document.activeElement))) await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    await pressOn(window, window.getByRole('dialog', { name: 'Champs du tableau' }).getByRole('button', { name: 'Exporter' }));
    await expect(window.getByText(path, { exact: false }).first()).toBeVisible();
    expect(readFileSync(path, 'utf8')).toContain('Ateliers du Vallon Bleu');
  });
});

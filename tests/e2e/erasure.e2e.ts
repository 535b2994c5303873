import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { launchApp, projectRoot, type RunningApp, waitUntilReady } from '../support/app';
import { furnish } from '../support/screens';
import * as steps from '../support/steps';

function askKeychain(...call: readonly string[]): string {
  return spawnSync('dbus-send', ['--session', '--print-reply', '--dest=org.freedesktop.secrets', ...call], { encoding: 'utf8' }).stdout;
}

/** Seconds at which each entry that the keychain of this session holds under the application's name was made. */
function keychainEntries(appName: string): readonly number[] {
  const found = askKeychain('/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.SearchItems', `dict:string:string:application,${appName}`);
  return [...found.matchAll(/object path "(.+?)"/g)].map(([, item = '']) => {
    const created = askKeychain(item, 'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Item', 'string:Created');
    return Number(/uint64 (\d+)/.exec(created)?.[1]);
  });
}

/** The copy is stopped while the system's dialog, which no test can click, is still open: answered later, it saves nothing. */
async function stopsOnDemand({ app, window }: RunningApp, copy: string): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => new Promise((resolve) => Object.assign(globalThis, { answerSave: resolve }));
  });
  const save = window.getByRole('button', { name: 'Enregistrer l’historique…' });
  await save.click();
  const stop = window.getByRole('button', { name: 'Arrêter l’enregistrement' });
  await stop.click();
  await app.evaluate((_electron, filePath) => (globalThis as unknown as { answerSave: (answer: object) => void }).answerSave({ canceled: false, filePath }), copy);
  await expect(stop).toHaveCount(0);
  await expect(save).toBeEnabled();
  await expect(window.getByText(/^Enregistré sous/)).toHaveCount(0);
  expect(existsSync(copy)).toBe(false);
}

test('a responsable erases the workstation: the history is kept elsewhere, nothing is left on the disk nor in the keychain', async () => {
  const home = mkdtempSync(join(tmpdir(), 'instruire-erasure-'));
  // The folder that the application would choose by itself: the keychain's entry is its own.
  const launch = (): Promise<RunningApp> => launchApp({ userData: join(home, 'Instruire'), env: { XDG_CONFIG_HOME: home } });
  const copy = join(home, 'dernier-historique.jsonl');
  let running = await launch();
  try {
    const { window, userData } = running;
    await waitUntilReady(window);
    await furnish(window);
    const appName = await running.app.evaluate(({ app }) => app.getName());
    expect(keychainEntries(appName)).toHaveLength(1);

    await steps.goTo(window, 'Réglages');
    await window.getByRole('button', { name: 'Effacer toutes les données de ce poste…' }).click();
    await expect(window.getByText('Les traces doivent être conservées 36 mois')).toBeVisible();
    const erase = window.getByRole('button', { name: 'Tout effacer' });
    await window.getByLabel('Tapez EFFACER pour confirmer').fill('EFFACER');
    await expect(erase).toBeDisabled();
    await stopsOnDemand(running, copy);
    await steps.answerSaveDialog(running, copy);
    await window.getByRole('button', { name: 'Enregistrer l’historique…' }).click();
    await expect(window.getByText(`Enregistré sous ${copy}`)).toBeVisible();
    const head = await window.getByRole('region', { name: 'Tête de l’historique et son sceau' }).innerText();
    await window.getByLabel('Tapez EFFACER pour confirmer').fill('non');
    await expect(erase).toBeDisabled();
    await window.getByLabel('Tapez EFFACER pour confirmer').fill('effacer');
    // The test starts it again itself, to hold on to it.
    await running.app.evaluate(({ app }) => void (app.relaunch = () => undefined));
    const closed = running.app.waitForEvent('close');
    const erasedAt = Date.now();
    // The application may be gone before the click has been reported: that it closes is what counts.
    await erase.click().catch(() => undefined);
    await closed;
    expect(existsSync(join(userData, 'effacement-demande'))).toBe(true);

    running = await launch();
    await waitUntilReady(running.window);
    await expect(running.window.getByRole('heading', { name: 'Créer le premier compte' })).toBeVisible();
    expect(existsSync(join(userData, 'effacement-demande'))).toBe(false);
    expect(existsSync(join(userData, 'documents')) ? readdirSync(join(userData, 'documents')) : []).toEqual([]);
    const words = /Rénovation|Camille|Valmont/;
    const files = readdirSync(userData, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.filter((file) => words.test(readFileSync(file, 'latin1')) || words.test(readFileSync(file, 'utf8')))).toEqual([]);
    // The former key is gone: an entry that is there is the new start's own.
    expect(keychainEntries(appName).filter((created) => created * 1_000 < erasedAt - 1_000)).toEqual([]);

    const [, seq] = /Dernière ligne\s: (\d+)/.exec(head) ?? [];
    const [, hash] = /Empreinte\s: ([0-9a-f]{64})/.exec(head) ?? [];
    const verified = spawnSync(process.execPath, [join(projectRoot, 'scripts/verify-journal.mjs'), copy, '--head', `${seq}:${hash}`], { encoding: 'utf8' });
    expect(verified.stdout + verified.stderr).toContain('Intact');
  } finally {
    await running.close();
    rmSync(home, { recursive: true, force: true });
  }
});

import { expect, type Page } from '@playwright/test';

import { menu, openHabilitation } from '../screens';
import { standIn } from '../stand-in';
import { type Dialog, dialog, expectDialog, expectMenuItem } from './dialog';

async function accountMenu(window: Page): Promise<void> {
  await menu(window, 'Agents');
  await window.getByRole('button', { name: /^Actions sur le compte de/ }).first().click();
}

export const accounts: readonly Dialog[] = [
  dialog('app/shell.tsx', 'Menu du compte', async (window) => {
    await menu(window, 'Accueil');
    await window.getByRole('button', { name: /^Compte de/ }).click();
    await expectMenuItem(window, 'Mon compte');
  }),
  dialog('app/shell.tsx', 'Menu principal d’une fenêtre étroite', async (window) => {
    await window.getByRole('button', { name: 'Ouvrir le menu' }).click();
    await expectDialog(window, 'Menu');
  }, { width: 640 }),
  dialog('app/shortcuts.tsx', 'Raccourcis', async (window) => {
    await menu(window, 'Accueil');
    await window.keyboard.press('?');
    await expectDialog(window, 'Raccourcis clavier');
  }),
  dialog('app/command-palette.tsx', 'Palette', async (window) => {
    await menu(window, 'Accueil');
    await window.keyboard.press('Control+k');
    await expect(window.getByRole('combobox', { name: /^Aller à/ })).toBeVisible();
  }),
  dialog('features/agents/agent-form.tsx', 'Nouveau compte', async (window) => {
    await menu(window, 'Agents');
    await window.getByRole('button', { name: 'Nouveau compte' }).click();
    await expectDialog(window, 'Nouveau compte');
  }),
  dialog('features/agents/agents-screen.tsx', 'Actions sur un compte', async (window) => {
    await accountMenu(window);
    await expectMenuItem(window, 'Réinitialiser le mot de passe');
  }),
  dialog('features/agents/agent-act.tsx', 'Réinitialiser un mot de passe', async (window) => {
    await accountMenu(window);
    await window.getByRole('menuitem', { name: 'Réinitialiser le mot de passe' }).click();
    await expectDialog(window, /^Réinitialiser le mot de passe/);
  }),
  dialog('features/agents/temporary-password.tsx', 'Mot de passe provisoire', async (window, running) => {
    await standIn(running, { 'agents.resetPassword': { temporaryPassword: 'ocre-lune-silex-42' } });
    await accountMenu(window);
    await window.getByRole('menuitem', { name: 'Réinitialiser le mot de passe' }).click();
    await window.getByRole('button', { name: 'Réinitialiser', exact: true }).click();
    await expectDialog(window, 'Mot de passe provisoire');
  }, { close: (window) => window.getByRole('button', { name: 'J’en ai pris note' }).press('Enter') }),
  dialog('features/habilitations/habilitation-form.tsx', 'Nouvelle habilitation', async (window) => {
    await menu(window, 'Habilitations');
    await window.getByRole('button', { name: 'Nouvelle habilitation' }).click();
    await expectDialog(window, 'Nouvelle habilitation');
  }),
  dialog('features/habilitations/habilitation-form.tsx', 'Modifier une habilitation', async (window) => {
    await openHabilitation(window);
    await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).click();
    await expect(window.getByRole('dialog').getByRole('button', { name: 'Enregistrer' })).toBeVisible();
  }),
  dialog('features/habilitations/token-stop.tsx', 'Jeton compromis', async (window) => {
    await openHabilitation(window);
    await window.getByRole('button', { name: 'Jeton compromis…' }).click();
    await expectDialog(window, /^Jeton compromis/);
  }),
  dialog('features/habilitations/member-rights.tsx', 'Limiter les données d’un agent', async (window) => {
    await openHabilitation(window);
    await window.getByRole('button', { name: /^Limiter les données de / }).first().click();
    await window.getByRole('switch', { name: 'Limiter aux données cochées' }).click();
    await expect(window.getByRole('group', { name: 'Données permises' })).toBeVisible();
  }),
  dialog('features/settings/erasure-setting.tsx', 'Effacer ce poste', async (window) => {
    await menu(window, 'Réglages');
    await window.getByRole('button', { name: 'Effacer toutes les données de ce poste…' }).click();
    await expect(window.getByRole('region', { name: 'Tête de l’historique et son sceau' })).toBeVisible();
  }),
  dialog('features/settings/data-key-setting.tsx', 'Changer la clé des données', async (window) => {
    await menu(window, 'Réglages');
    await window.getByRole('button', { name: 'Changer la clé…' }).click();
    await expectDialog(window, /^Changer la clé/);
  }),
  dialog('features/settings/data-key-setting.tsx', 'Repartir avec une nouvelle clé', async (window, running) => {
    await standIn(running, { 'dataKey.state': { problem: 'missing', isUnfinished: false, running: null } });
    await menu(window, 'Accueil');
    await menu(window, 'Réglages');
    await window.getByRole('button', { name: 'Repartir avec une nouvelle clé…' }).click();
    await expectDialog(window, /^Repartir avec une nouvelle clé/);
  }),
];

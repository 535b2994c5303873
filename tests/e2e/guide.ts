import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import { addDays, parisDay } from '../../shared/domain/days';
import { discardApp, launchApp, projectRoot, type RunningApp, waitUntilReady } from '../support/app';
import { hasInk } from '../support/main-job';
import * as steps from '../support/steps';

const folder = join(projectRoot, 'docs/screenshots');
const size = { width: 1_360, height: 880 } as const;

/** Special cases of the sandbox worth a sheet of their own; partial diffusion hides a name from the search. */
const specialSheets = [
  ['fiche-association', 'amis du phare absent'],
  ['fiche-cessee', 'imprimerie des pages blanches'],
  ['fiche-vigilance-refusee', 'propreté du miroir'],
  ['fiche-personne-physique', '299 045 666'],
  ['fiche-diffusion-partielle', '299 046 631'],
] as const;

let running: RunningApp;
let window: Page;

/** Says of a dossier, as its form would, when it is due and what it is about. */
async function describeDossier(title: string, days: number, tag: string): Promise<void> {
  const changed = await window.evaluate(
    async ([text, deadline, name]) => {
      const list = await globalThis.instruire.call('dossiers.list', { text });
      const [found] = list.ok ? (list.value as { dossiers: { id: string }[] }).dossiers : [];
      return globalThis.instruire.call('dossiers.update', { id: found?.id, draft: { ...found, deadline, tags: [name] } });
    },
    [title, addDays(parisDay(Date.now()), days), tag] as const,
  );
  if (!changed.ok) throw new Error(changed.error.message);
}

/** Takes the picture once nothing moves: no tooltip, no passing message, no notice about this machine. */
async function picture(name: string): Promise<void> {
  for (const close of await window.getByRole('button', { name: 'Masquer cet avis' }).all()) await close.click();
  await window.mouse.move(0, 0);
  await expect(window.locator('.mantine-Notification-root')).toHaveCount(0);
  await window.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))));
  await window.screenshot({ path: join(folder, `${name}.png`), caret: 'hide' });
}

async function openDossier(title: string): Promise<void> {
  await steps.goTo(window, 'Dossiers');
  await window.getByRole('button', { name: new RegExp(`^${title}`) }).click();
}

async function openTab(name: string): Promise<void> {
  await steps.goTo(window, 'Historique');
  await window.getByRole('tab', { name }).click();
}

const other = { title: 'Entretien des espaces verts', object: 'MAPA-2026-009' } as const;
const dossier = { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' } as const;

/** Every picture of the guide, in the order an agent meets the screens. */
test('pictures of the guide', async () => {
  test.setTimeout(420_000);
  mkdirSync(folder, { recursive: true });
  running = await launchApp();
  window = running.window;
  try {
    await running.app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
    await window.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await waitUntilReady(window);
    await takeSession();
    await takeSheets();
    await takeDocument();
    await takeCompleteness();
    await takeSupplied();
    await takeBatches();
    await takeHistory();
    await takeAdministration();
    await takeRetention();
    await takeTour();
    await takeDark();
  } finally {
    await discardApp(running);
  }
});

async function takeSession(): Promise<void> {
  await picture('premier-compte');
  await steps.createFirstAccount(window);
  await steps.signOut(window);
  await picture('connexion');
  await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await window.getByRole('button', { name: 'Pas maintenant' }).click();
}

/** Last: it makes a dossier of its own. */
async function takeTour(): Promise<void> {
  await window.getByRole('button', { name: 'Raccourcis' }).click();
  await window.getByRole('button', { name: 'Commencer la visite guidée' }).click();
  for (const title of ['Les entreprises du dossier', 'La fiche d’une entreprise']) {
    await window.getByRole('button', { name: 'Suivant' }).click();
    await expect(window.getByRole('heading', { name: title, level: 2 })).toBeVisible();
  }
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
  await picture('visite-guidee');
  await window.getByRole('button', { name: 'Interrompre' }).click();
}

async function takeSheets(): Promise<void> {
  await steps.createDossier(window, other);
  // Its provider answers in two days: the home screen reminds of it.
  await steps.addCompany(window, 'services roquessolis');
  await steps.consultAll(window);
  await describeDossier(other.title, 4, 'Espaces verts');
  await steps.createDossier(window, dossier);
  await describeDossier(dossier.title, 21, 'Travaux');
  await steps.addCompany(window, 'vallon bleu');
  await steps.consultAll(window);
  await picture('fiche-entreprise');
  for (const [name, searched] of specialSheets) {
    await openDossier(dossier.title);
    await steps.addCompany(window, searched);
    await steps.consultAll(window);
    // The refusal is the subject: its card is brought to the middle of the picture.
    if (name === 'fiche-vigilance-refusee') await steps.card(window, 'Attestation de vigilance').evaluate((card) => card.scrollIntoView({ block: 'center' }));
    await picture(name);
  }
  // Right after calls, and early enough in the minute: at its end the windows are empty again.
  await openDossier(dossier.title);
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /VALLON BLEU/ }).first().click();
  await expect.poll(() => new Date().getSeconds(), { timeout: 30_000 }).toBeLessThan(40);
  await steps.consultAll(window);
  await steps.goTo(window, 'Quota');
  await expect(window.getByRole('region', { name: /Bac à sable/ })).toBeVisible();
  await picture('quota');
  await openDossier(dossier.title);
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' })).toBeVisible();
  await picture('dossier');
  await steps.goTo(window, 'Dossiers');
  await picture('dossiers');
  await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
  await window.getByLabel('Titre', { exact: true }).fill('Cantine de l’école du centre');
  await picture('nouveau-dossier');
  await window.keyboard.press('Escape');
  await takeSearch();
  await steps.goTo(window, 'Accueil');
  await picture('accueil');
}

async function takeSearch(): Promise<void> {
  await steps.goTo(window, 'Rechercher');
  await window.getByLabel('Code postal ou département').fill('21');
  await expect(window.getByRole('table', { name: 'Entreprises trouvées' })).toBeVisible();
  await picture('recherche');
  await window.getByLabel('Rechercher une entreprise').click();
  await expect(window.getByRole('option').first()).toBeVisible();
  await picture('recherche-recentes');
  await window.keyboard.press('Escape');
}

async function takeDocument(): Promise<void> {
  await openDossier(dossier.title);
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /VALLON BLEU/ }).first().click();
  const card = steps.card(window, 'Actes et bilans');
  for (const rank of [0, 1]) await card.getByRole('checkbox', { name: /^Choisir : Bilan/ }).nth(rank).check();
  await card.evaluate((shown) => shown.scrollIntoView({ block: 'end' }));
  await picture('choisir-documents');
  await card.getByRole('button', { name: 'Télécharger la sélection (2)' }).click();
  await expect(card.getByText('Les 2 documents sont reçus.')).toBeVisible();
  await card.getByRole('button', { name: /^Voir : / }).first().click();
  await expect.poll(() => hasInk(window.getByRole('img', { name: 'Page 1' }))).toBe(true);
  await picture('document');
  await window.getByRole('button', { name: 'Fermer le document' }).click();
  const attestation = steps.card(window, 'Attestation de vigilance');
  await attestation.getByRole('button', { name: /^Télécharger : / }).click();
  await expect(attestation.getByRole('button', { name: /^Voir : / })).toBeVisible();
  await openDossier(dossier.title);
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await expect(window.getByRole('table', { name: 'Documents du dossier' })).toBeVisible();
  await picture('documents');
}

/** The completeness of a dossier, the letter that it prepares, its closing, and the list it is measured against. */
async function takeCompleteness(): Promise<void> {
  await openDossier(dossier.title);
  const grid = window.getByRole('grid', { name: 'Pièces par entreprise' });
  await grid.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await picture('completude');
  for (const [name, cell] of [['piece-presente', /^Régularité sociale, .*VALLON BLEU.*Valide/i], ['piece-manquante', /^Absence de condamnation excluante, .*VALLON BLEU/i]] as const) {
    await grid.getByRole('button', { name: cell }).click();
    await expect(window.getByText('Pièce envoyée par la structure')).toBeVisible();
    await picture(name);
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog')).toHaveCount(0);
  }
  await grid.getByRole('button', { name: /^Courrier à / }).first().click();
  await expect(window.getByLabel('Texte du courrier')).toBeVisible();
  await picture('courrier');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Autres actions sur le dossier' }).click();
  await window.getByRole('menuitem', { name: /^Clore/ }).click();
  await expect(window.getByRole('button', { name: 'Clore et passer au suivant' })).toBeVisible();
  await picture('cloture');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Modifier la liste des pièces' }).click();
  await expect(window.getByRole('button', { name: 'Ajouter une pièce' })).toBeAttached();
  await picture('listes-de-pieces');
}

/** An attestation of another day, as a candidate may hand it over. */
async function takeSupplied(): Promise<void> {
  await openDossier(dossier.title);
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  await window.getByRole('combobox', { name: 'Entreprise qui l’a fourni' }).click();
  await window.getByRole('option', { name: /VALLON BLEU/ }).click();
  const lines = ['Attestation de vigilance', 'ATELIERS DU VALLON BLEU', 'SIREN : 299 028 209', 'Délivrée le 3 février 2026', 'Code de sécurité : AAAAA22222BBBBB'];
  await steps.supplyPdf(window, 'attestation-vigilance.pdf', await drawPdf('Attestation', new Date('2026-02-03T00:00:00Z'), (pdf) => lines.forEach((line) => void pdf.text(line))));
  await window.getByRole('button', { name: 'Demander ce document' }).click();
  const source = window.getByRole('region', { name: /^Source/ });
  await source.scrollIntoViewIfNeeded();
  await expect.poll(() => hasInk(source.getByRole('img', { name: 'Page 1' })), { timeout: 30_000 }).toBe(true);
  await source.evaluate((pane) => pane.scrollIntoView({ block: 'center' }));
  await picture('comparaison');
  await takeLinkedFile();
}

/** A declaration that stands for a piece: taking the file away takes the piece too, and the confirmation says so. */
async function takeLinkedFile(): Promise<void> {
  const fileName = 'declaration-sur-l-honneur.pdf';
  await openDossier(dossier.title);
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  await window.getByRole('combobox', { name: 'Entreprise qui l’a fourni' }).click();
  await window.getByRole('option', { name: /VALLON BLEU/ }).click();
  const lines = ['Déclaration sur l’honneur', 'ATELIERS DU VALLON BLEU', 'SIREN : 299 028 209'];
  await steps.supplyPdf(window, fileName, await drawPdf('Déclaration', new Date('2026-02-03T00:00:00Z'), (pdf) => lines.forEach((line) => void pdf.text(line))));
  await expect(window.getByRole('heading', { name: fileName, level: 1 })).toBeVisible();
  await openDossier(dossier.title);
  await window.getByRole('button', { name: /^Absence de condamnation excluante, .*VALLON BLEU/i }).click();
  await window.getByRole('combobox', { name: 'Document déposé qui en tient lieu' }).click();
  await window.getByRole('option', { name: new RegExp(`^${fileName}`) }).click();
  await window.getByRole('button', { name: 'Noter comme reçue' }).click();
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  await window.getByRole('button', { name: `Retirer : ${fileName}` }).click();
  await expect(window.getByRole('dialog', { name: /^Retirer ce document/ })).toContainText('Il tient lieu de pièce');
  await picture('retirer-document');
  await window.keyboard.press('Escape');
}

async function takeRetention(): Promise<void> {
  const closed = await window.evaluate(async (text) => {
    const list = await globalThis.instruire.call('dossiers.list', { text });
    const id = list.ok ? (list.value as { dossiers: { id: string }[] }).dossiers[0]?.id : undefined;
    return globalThis.instruire.call('dossiers.setState', { id, state: 'closed' });
  }, other.title);
  if (!closed.ok) throw new Error(closed.error.message);
  await steps.goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Fin de conservation' }).click();
  await expect(window.getByRole('table', { name: /^Dossiers clos/ })).toBeVisible();
  await picture('fin-de-conservation');
}

/** A list with errors, from its lines to its results. */
async function takeBatches(): Promise<void> {
  await steps.goTo(window, 'Lots');
  await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
  await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
  await window.getByRole('button', { name: 'Lire ce texte' }).click();
  await window.getByRole('tab', { name: /^Mises de côté/ }).click();
  await expect(window.getByRole('table', { name: 'Lignes mises de côté' }).getByRole('row').nth(1)).toBeVisible();
  await picture('lot-lignes');
  await steps.planBatch(window, dossier.title, () => picture('lot-donnees'));
  await picture('lot-cout');
  await window.getByRole('button', { name: /^Lancer les/ }).click();
  await expect(window.getByText(/^Terminé/).first()).toBeVisible({ timeout: 90_000 });
  await picture('lot-resultats');
  await openDossier(dossier.title);
  await window.getByRole('button', { name: 'Faire un lot de ces entreprises' }).click();
  await expect(window.getByRole('tab', { name: /^Lignes utilisables/ })).toBeVisible();
  await picture('lot-depuis-dossier');
}

async function takeHistory(): Promise<void> {
  await steps.goTo(window, 'Historique');
  await window.getByRole('button', { name: 'Plus de filtres' }).click();
  await expect(window.getByRole('row').nth(3)).toBeVisible();
  await picture('historique');
  await openTab('Vérifier');
  await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await expect(window.getByText('L’historique est intact')).toBeVisible();
  await picture('verification');
  await openTab('Réponse à un contrôle');
  await window.getByLabel('Identifiants d’appel').fill(await someRequestIds());
  await window.getByRole('button', { name: /^Rechercher \d/ }).click();
  await expect(window.getByRole('article')).toBeVisible();
  await picture('controle');
  await openTab('Statistiques');
  await expect(window.getByRole('img', { name: /^Consultations par jour/ })).toBeVisible();
  await picture('statistiques');
  await openTab('Conservation');
  await expect(window.getByRole('region', { name: 'Fiche du registre' })).toBeVisible();
  await picture('conservation');
}

/** Two ids under which the service knows calls of this workstation, as its operators would send them. */
async function someRequestIds(): Promise<string> {
  const answer = await window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'calls' }, limit: 50 }));
  if (!answer.ok) throw new Error(answer.error.message);
  const { lines } = answer.value as { lines: { requestId: string | null }[] };
  return lines.flatMap(({ requestId }) => requestId ?? []).slice(0, 2).join(', ');
}

/** The time that the request for the habilitation declares, as its form would. */
async function declareRetention(): Promise<void> {
  const declared = await window.evaluate(async () => {
    const list = await globalThis.instruire.call('habilitations.list', undefined);
    const [found] = list.ok ? (list.value as { id: string }[]) : [];
    return globalThis.instruire.call('habilitations.update', { id: found?.id, draft: { ...found, retentionMonths: 24 } });
  });
  if (!declared.ok) throw new Error(declared.error.message);
}

async function takeAdministration(): Promise<void> {
  await declareRetention();
  await steps.goTo(window, 'Habilitations');
  await picture('habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first().click();
  await expect(window.getByRole('region', { name: /jeton/i }).first()).toBeVisible();
  await picture('habilitation');
  await createAccounts();
  await picture('agents');
  await steps.goTo(window, 'Premiers pas');
  await expect(window.getByRole('navigation', { name: 'Étapes' })).toBeVisible();
  await picture('premiers-pas');
  await steps.goTo(window, 'Réglages');
  await expect(window.getByRole('heading', { name: 'Verrouillage' })).toBeVisible();
  await picture('reglages');
  await window.getByRole('button', { name: 'Effacer toutes les données de ce poste…' }).click();
  await expect(window.getByRole('region', { name: 'Tête de l’historique et son sceau' })).toBeVisible();
  await picture('effacer-ce-poste');
  await window.keyboard.press('Escape');
  await takeDiagnostics();
}

async function createAccounts(): Promise<void> {
  for (const [displayName, login, role] of [
    ['Sacha Moreau', 'sacha', 'agent'],
    ['Dominique Vallée', 'dominique', 'auditeur'],
  ] as const) {
    const input = { login, displayName, organisation: steps.firstAccount.organisation, role };
    const made = await window.evaluate((account) => globalThis.instruire.call('agents.create', account), input);
    if (!made.ok) throw new Error(made.error.message);
  }
  await steps.goTo(window, 'Agents');
  await expect(window.getByRole('row', { name: 'Dominique Vallée' })).toBeVisible();
}

async function takeDark(): Promise<void> {
  await window.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await openDossier(dossier.title);
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /VALLON BLEU/ }).first().click();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
  await picture('theme-sombre');
}

async function takeDiagnostics(): Promise<void> {
  await steps.goTo(window, 'Diagnostic');
  await window.getByRole('button', { name: 'Tout vérifier' }).click();
  await expect(window.getByText('Il reste de la place').first()).toBeVisible({ timeout: 30_000 });
  await expect(window.getByRole('button', { name: 'Tout vérifier' })).toBeEnabled();
  await picture('diagnostic');
  await window.getByRole('button', { name: /^Compte de / }).click();
  await window.getByRole('menuitem', { name: 'Signaler un problème' }).click();
  await window.getByRole('textbox', { name: /^Ce que vous faisiez/ }).fill('J’exportais l’historique en PDF : la barre s’est arrêtée à la moitié, puis plus rien.');
  await window.getByRole('button', { name: 'Préparer le rapport' }).click();
  await expect(window.getByRole('region', { name: 'Texte du rapport' })).toBeVisible();
  await picture('signaler-un-probleme');
}

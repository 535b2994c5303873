import { expect, type Locator, type Page } from '@playwright/test';

import { endpoints } from '../../shared/catalogue';
import { launchApp, type LaunchOptions, type RunningApp, waitUntilReady } from './app';

/** What a user does, in his words: one function a gesture, used by every end-to-end test and by the demo. */
export const firstAccount = {
  displayName: 'Camille Rivière',
  organisation: 'Commune de Valmont-les-Prés',
  login: 'camille',
  password: 'quatre mots sans rapport',
} as const;

/** Starts the application on data of its own and creates its first account, which is signed in. */
export async function launchWithAccount(options: LaunchOptions = {}): Promise<RunningApp> {
  const running = await launchApp(options);
  await waitUntilReady(running.window);
  await createFirstAccount(running.window);
  return running;
}

export async function createFirstAccount(window: Page): Promise<void> {
  await fillFirstAccount(window);
  await expect(window.getByRole('navigation', { name: 'Menu principal' })).toBeVisible();
}

export async function fillFirstAccount(window: Page): Promise<void> {
  await window.getByLabel('Nom et prénom').fill(firstAccount.displayName);
  const organisation = window.getByLabel('Administration');
  // The machine policy may have fixed it.
  if (await organisation.isEditable()) await organisation.fill(firstAccount.organisation);
  await window.getByLabel('Identifiant').fill(firstAccount.login);
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(firstAccount.password);
  await window.getByRole('button', { name: 'Créer le compte' }).click();
}

export async function signOut(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await expect(window.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
}

export async function signIn(window: Page, login: string, password: string): Promise<void> {
  await window.getByLabel('Identifiant').fill(login);
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(password);
  await window.getByRole('button', { name: 'Se connecter' }).click();
}

/** Gives the journal its auditor, and hands him the workstation. */
export async function signInAsAuditor(window: Page): Promise<void> {
  const account = { login: 'audit', displayName: 'Dominique Vallée', organisation: firstAccount.organisation, role: 'auditeur' } as const;
  const made = await window.evaluate((input) => globalThis.instruire.call('agents.create', input), account);
  if (!made.ok) throw new Error(made.error.message);
  const { temporaryPassword } = made.value as { temporaryPassword: string };
  await signOut(window);
  await signIn(window, account.login, temporaryPassword);
  await window.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill('encore quatre mots sans rapport');
  await window.getByRole('button', { name: 'Se connecter' }).click();
  await expect(window.getByRole('navigation', { name: 'Menu principal' })).toBeVisible();
}

export async function goTo(window: Page, screen: string): Promise<void> {
  await window.getByRole('navigation', { name: 'Menu principal' }).getByRole('button', { name: screen, exact: true }).click();
}

export interface DossierWords {
  readonly title: string;
  readonly object: string;
}

/** The seeded habilitation gives use case, context and recipient; title and object are the agent's. */
export async function createDossier(window: Page, { title, object }: DossierWords): Promise<void> {
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
  await window.getByLabel('Titre', { exact: true }).fill(title);
  await window.getByLabel('Objet', { exact: true }).fill(object);
  await window.getByRole('button', { name: 'Créer le dossier' }).click();
  await expect(window.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** As a spreadsheet leaves it: a twin, a number reduced to its first digits, another mistyped, a name alone. */
export const candidateList = [
  'Raison sociale;SIREN;N° de marché',
  'Ateliers du Vallon Bleu;299 028 209;MAPA-2026-014',
  'Entreprise du Préau;299031112;MAPA-2026-014',
  '"Deux lignes\nde nom";299 028 208;MAPA-2026-014',
  'Doublon;299031112;MAPA-2026-014',
  'Réduite par le tableur;2,99E+08;MAPA-2026-014',
  'Propreté du Miroir;;MAPA-2026-014',
].join('\r\n');

/** The chosen data that are not called at some hour of the night: with them, a batch would wait for the end of that hour. */
export async function closableData(window: Page): Promise<readonly Locator[]> {
  await expect(window.getByLabel('Attestation de vigilance')).toBeChecked();
  const titles = new Set(endpoints.filter(({ maintenance }) => maintenance !== null).map(({ title }) => title));
  const boxes = (await Promise.all([...titles].map((title) => window.getByRole('checkbox', { name: title, exact: true }).all()))).flat();
  const chosen = await Promise.all(boxes.map((box) => box.isChecked()));
  return boxes.filter((_box, index) => chosen[index]);
}

/** From the lines of a list to its cost. */
export async function planBatch(window: Page, dossierTitle: string, onChosen: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await window.getByRole('button', { name: /^Continuer avec/ }).click();
  await window.getByRole('combobox', { name: 'Dossier' }).fill(dossierTitle.slice(0, 12));
  await window.getByRole('option', { name: new RegExp(`^${dossierTitle}`) }).click();
  for (const box of await closableData(window)) await box.uncheck();
  await onChosen();
  await window.getByRole('button', { name: /^Voir le coût/ }).click();
  await expect(window.getByRole('heading', { name: 'Coût par famille de quota' })).toBeVisible();
}

/** Types what the agent has (name, SIREN, SIRET) and chooses the first company offered: its sheet opens. */
export async function addCompany(window: Page, text: string): Promise<void> {
  await window.getByLabel('Ajouter une entreprise').fill(text);
  await window.getByRole('option').first().click();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
}

export function card(window: Page, title: string) {
  return window.getByRole('region', { name: title, exact: true });
}

/** Fetches the set of the purpose and waits until no card is pending. */
export async function consultAll(window: Page): Promise<void> {
  await window.getByRole('button', { name: /Tout consulter/ }).click();
  const confirm = window.getByRole('button', { name: /^Lancer les/ });
  // Not the bar: it has no width, hence is not visible, as long as nothing has come.
  const running = window.getByRole('button', { name: 'Tout annuler' });
  // Over ten calls, the cost is shown before they leave.
  await confirm.or(running).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await expect(confirm).toBeHidden();
  await expect(running).toBeHidden({ timeout: 60_000 });
  await expect(window.locator('section[aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });
}

/** Answers the system's « save as » dialog, which no test can click, with a path. */
export async function answerSaveDialog({ app }: RunningApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

/** Answers the system's « open » dialog in the same way. */
export async function answerOpenDialog({ app }: RunningApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
}

/** A PDF of no page, which no reader shows. */
export const emptyPdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

/** Drops a document that a company handed over, as a hand would: the window gets a drag that carries it. */
export async function supplyPdf(window: Page, fileName: string, bytes: Buffer): Promise<void> {
  const transfer = await window.evaluateHandle(
    ({ name, content }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], name, { type: 'application/pdf' }));
      return data;
    },
    { name: fileName, content: [...bytes] },
  );
  const zone = window.getByRole('group', { name: 'Déposer un document' });
  await zone.dispatchEvent('dragover', { dataTransfer: transfer });
  await zone.dispatchEvent('drop', { dataTransfer: transfer });
}

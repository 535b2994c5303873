import { expect, type Page, test } from '@playwright/test';

import { issueToken } from '../../electron/sandbox';
import { discardApp, type RunningApp } from '../support/app';
import { addCompany, firstAccount, goTo, launchWithAccount } from '../support/steps';

let running: RunningApp;
let window: Page;

test.beforeEach(async () => {
  running = await launchWithAccount();
  window = running.window;
});

test.afterEach(() => discardApp(running));

const recipient = '99900012800010';
const company = { searched: 'vallon bleu', name: 'ATELIERS DU VALLON BLEU' } as const;
const uidOf = (last: number): string => `00000000-0000-4000-a000-0000000000${last}`;
const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

async function createHabilitation(title: string): Promise<void> {
  await goTo(window, 'Habilitations');
  await window.getByRole('button', { name: 'Nouvelle habilitation' }).click();
  await window.getByLabel('Procédure').fill(title);
  await window.getByRole('combobox', { name: 'Destinataires' }).fill(recipient);
  await window.getByRole('dialog').getByLabel('Marchés publics').check();
  await window.getByRole('button', { name: 'Créer l’habilitation' }).click();
  await expect(window.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** Pastes a token where the screen asks for it; the field must be empty again. */
async function pasteToken(token: string): Promise<void> {
  const field = window.getByLabel(/^Coller le jeton/);
  await field.fill(token);
  await window.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(field).toHaveValue('');
}

async function testToken(): Promise<void> {
  await window.getByRole('button', { name: /^Tester le/ }).click();
  await expect(window.getByText(/ouverts selon le service$/)).toBeVisible();
}

interface CallResult {
  readonly step: string;
  readonly kind: string | null;
  readonly message: string;
}

/** What the screens never offer, asked all the same: main alone must refuse. */
async function consult(habilitationTitle: string, endpointId: string): Promise<CallResult> {
  return window.evaluate(
    async ([title, endpoint]) => {
      const ask = async <T>(channel: string, input: unknown): Promise<T> => {
        const answer = await globalThis.window.instruire.call(channel, input);
        if (!answer.ok) throw new Error(answer.error.message);
        return answer.value as T;
      };
      const { dossiers } = await ask<{ dossiers: { id: string; title: string; companies: { identifier: string }[] }[] }>('dossiers.list', {});
      const dossier = dossiers.find((one) => one.title === title);
      const request = { consultationId: crypto.randomUUID(), dossierId: dossier?.id, endpointId: endpoint, identifier: dossier?.companies[0]?.identifier, parameters: {} };
      const state = await ask<{ step: string; error?: { kind: string; message: string } }>('consultation.run', request);
      return { step: state.step, kind: state.error?.kind ?? null, message: state.error?.message ?? '' };
    },
    [habilitationTitle, endpointId] as const,
  );
}

interface TracedLine {
  readonly event: string;
  readonly outcome: string;
  readonly endpointId: string | null;
}

async function linesOf(dossierTitle: string): Promise<TracedLine[]> {
  return window.evaluate(async (title) => {
    const dossiers = await globalThis.window.instruire.call('dossiers.list', {});
    const id = dossiers.ok ? (dossiers.value as { dossiers: { id: string; title: string }[] }).dossiers.find((one) => one.title === title)?.id : undefined;
    const found = await globalThis.window.instruire.call('journal.search', { filter: { dossierId: id, kind: 'calls' }, limit: 100 });
    if (!found.ok) throw new Error(found.error.message);
    return (found.value as { lines: TracedLine[] }).lines.map(({ event, outcome, endpointId }) => ({ event, outcome, endpointId }));
  }, dossierTitle);
}

/** A dossier named like its habilitation, with one company in it. */
async function createDossierOn(habilitation: string): Promise<void> {
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
  await window.getByLabel('Titre', { exact: true }).fill(habilitation);
  await window.getByRole('combobox', { name: 'Habilitation' }).click();
  await window.getByRole('option', { name: habilitation, exact: true }).click();
  await window.getByLabel('Objet', { exact: true }).fill('MAPA-2026-014');
  await window.getByRole('button', { name: 'Créer le dossier' }).click();
  await expect(window.getByRole('heading', { name: habilitation, level: 1 })).toBeVisible();
  await addCompany(window, company.searched);
}

const unit = 'insee.unite_legale.v4';
const fiscal = 'dgfip.attestation_fiscale.v4';

test('first steps: from nothing to the first call and its trace', async () => {
  await running.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
  });
  await goTo(window, 'Premiers pas');
  await expect(window.getByText('0 étape sur 8')).toBeVisible();
  const next = window.getByRole('button', { name: 'Fait, étape suivante' });
  await next.click();
  await window.getByRole('button', { name: /^DataPass/ }).click();
  const opened = (): Promise<readonly string[]> => running.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['https://datapass.api.gouv.fr/']);
  await next.click();
  await next.click();
  await expect(window.getByRole('region', { name: 'Sur ce poste' })).toContainText('Jeton valable');
  await next.click();

  await window.getByLabel('Destinataire').fill(recipient);
  await window.getByLabel('Objet').fill('MAPA-2026-014');
  await expect(window.getByText('Le service accepterait cette justification.')).toBeVisible();
  await window.getByLabel('Entreprise consultée (facultatif)').fill(recipient.slice(0, 9));
  await expect(window.getByText(/Le destinataire est l['’]entreprise appelée elle-même/)).toBeVisible();
  await next.click();
  await next.click();

  await window.getByLabel('Entreprise de l’essai').fill(company.searched);
  await window.getByRole('option').first().click();
  const request = window.getByLabel('Requête composée');
  await expect(request).toContainText(/^GET http:\/\/127\.0\.0\.1:\d+\/v4\/insee\/sirene\/unites_legales\/\d{9}/);
  await expect(request).toContainText(`recipient=${recipient}`);
  await expect(request).toContainText('Authorization: Bearer ••••••••');
  expect(await window.content()).not.toMatch(/eyJ/);
  await expect(window.getByRole('table', { name: 'Parties de la requête' }).getByRole('row')).toHaveCount(9);
  expect(await linesOf('Premiers pas')).toEqual([]);
  await next.click();

  await window.getByRole('button', { name: 'Faire l’appel' }).click();
  await expect(window.getByText('Réponse reçue')).toBeVisible();
  const trace = window.getByRole('region', { name: 'Trace dans l’historique' });
  for (const text of [firstAccount.displayName, 'Données de l’unité légale', 'Premier appel d’essai', 'Réussi']) await expect(trace).toContainText(text);
  await goTo(window, 'Accueil');
  await goTo(window, 'Premiers pas');
  await expect(window.getByText('8 étapes sur 8')).toBeVisible();
});

test('a token that expires while the application is open stops serving, and everybody is told', async () => {
  await createHabilitation('Aides à la rénovation');
  await pasteToken(issueToken({ uid: uidOf(31), sub: 'Aides', exp: secondsFromNow(3_600) }));
  await expect(window.getByRole('region', { name: 'Échéances des jetons' })).toContainText('expire dans moins d’un jour');
  await createDossierOn('Aides à la rénovation');
  expect(await consult('Aides à la rénovation', unit)).toMatchObject({ step: 'answered' });

  await goTo(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button', { name: /Aides à la rénovation/ }).click();
  // A token still serves: the shorter one waits, until the test puts it in its place.
  await pasteToken(issueToken({ uid: uidOf(32), sub: 'Aides', exp: secondsFromNow(30) }));
  await expect(window.getByText('Un nouveau jeton attend son premier succès')).toBeVisible();
  await testToken();
  await expect(window.getByText('Un nouveau jeton attend son premier succès')).toHaveCount(0);
  await expect(window.getByText(uidOf(32))).toBeVisible();

  await expect(window.getByRole('region', { name: 'Échéances des jetons' })).toContainText('a expiré', { timeout: 45_000 });
  await expect(window.getByText('Jeton expiré')).toBeVisible();
  const refused = await consult('Aides à la rénovation', fiscal);
  expect(refused).toMatchObject({ step: 'failed', kind: 'token' });
  expect(refused.message).toContain('expiré');
  expect(await linesOf('Aides à la rénovation')).toContainEqual({ event: 'call.refused', outcome: 'refused', endpointId: fiscal });
});

test('two habilitations with different rights: what is outside is refused before any call, and traced', async () => {
  await createHabilitation('Marchés de travaux');
  await pasteToken(issueToken({ uid: uidOf(41), sub: 'Travaux' }));
  await testToken();
  await createHabilitation('Annuaire des fournisseurs');
  await pasteToken(issueToken({ uid: uidOf(42), sub: 'Annuaire', scopes: ['unites_legales_etablissements_insee'] }));
  await testToken();
  const data = window.getByRole('region', { name: 'Données' });
  await data.getByLabel('Rechercher une donnée').fill('attestation fiscale');
  await data.getByText(/^Fermées/).click();
  await expect(data.getByRole('listitem').filter({ hasText: 'Attestation fiscale' })).toBeVisible();

  await createDossierOn('Marchés de travaux');
  await createDossierOn('Annuaire des fournisseurs');
  expect(await consult('Marchés de travaux', fiscal)).toMatchObject({ step: 'answered' });
  expect(await consult('Annuaire des fournisseurs', unit)).toMatchObject({ step: 'answered' });
  const refused = await consult('Annuaire des fournisseurs', fiscal);
  expect(refused).toMatchObject({ step: 'failed', kind: 'refused' });
  expect(refused.message).toContain('n’ouvre pas');
  expect(await linesOf('Annuaire des fournisseurs')).toEqual([
    { event: 'call.refused', outcome: 'refused', endpointId: fiscal },
    { event: 'call.intent', outcome: 'success', endpointId: unit },
  ]);

  // The same person, limited further than the token.
  await goTo(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button', { name: /Marchés de travaux/ }).click();
  await window.getByRole('button', { name: `Limiter les données de ${firstAccount.displayName}` }).click();
  await window.getByLabel('Limiter aux données cochées').check();
  await window.getByLabel('Rechercher une donnée à cocher').fill('attestation fiscale');
  await window.getByRole('dialog').getByLabel('Attestation fiscale').uncheck();
  await window.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await expect(window.getByRole('list', { name: 'Agents de l’habilitation' })).toContainText('données au plus');
  expect(await consult('Marchés de travaux', unit)).toMatchObject({ step: 'answered' });
  expect(await consult('Marchés de travaux', fiscal)).toMatchObject({ step: 'failed', kind: 'refused' });
});

test('a token is pasted once and never read again; compromised, it stops at once', async () => {
  const token = issueToken({ uid: uidOf(51), sub: 'Travaux' });
  await createHabilitation('Marchés de travaux');
  await pasteToken('pas un jeton');
  await expect(window.getByText(/n’est pas un jeton API Entreprise/)).toBeVisible();
  await pasteToken(token);
  await testToken();
  await createDossierOn('Marchés de travaux');
  await goTo(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button', { name: /Marchés de travaux/ }).click();
  const signature = token.split('.')[2] ?? '';
  expect(await window.content()).not.toContain(signature);

  await window.getByRole('button', { name: /Jeton compromis/ }).click();
  await window.getByRole('button', { name: 'Arrêter ce jeton' }).click();
  const message = window.getByLabel('Message', { exact: true });
  await expect(message).toHaveValue(new RegExp(uidOf(51)));
  expect(await message.inputValue()).not.toContain(signature);
  await window.getByRole('button', { name: 'Copier le message' }).click();
  await expect.poll(() => running.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('support@entreprise.api.gouv.fr');
  await window.getByRole('dialog').getByRole('button', { name: 'Fermer', exact: true }).last().click();
  await expect(window.getByText('Jeton arrêté').first()).toBeVisible();
  expect(await consult('Marchés de travaux', unit)).toMatchObject({ step: 'failed', kind: 'token' });
});

test('one token never serves two procedures', async () => {
  const token = issueToken({ uid: uidOf(61), sub: 'Travaux' });
  await createHabilitation('Marchés de travaux');
  await pasteToken(token);
  await createHabilitation('Aides à la rénovation');
  await pasteToken(token);
  await expect(window.getByText(/déjà celui de l’habilitation «\sMarchés de travaux\s»/)).toBeVisible();
  await expect(window.getByText('Sans jeton', { exact: true })).toBeVisible();
});

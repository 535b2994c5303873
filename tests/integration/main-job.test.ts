import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Answer } from '../../shared/domain/consultation';
import type { JournalLine } from '../../shared/domain/journal';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const SIRET = '29903111200012';
const verifyScript = resolve(import.meta.dirname, '../../scripts/verify-journal.mjs');

/** Asked for an establishment; the others for the company. */
const byEstablishment: ReadonlySet<string> = new Set(['insee.etablissement.v4', 'dgfip.chiffres_affaires.v3']);

/** Every card of the sheet. */
const endpointIds = [
  'insee.unite_legale.v4',
  'insee.siege_social.v4',
  'insee.etablissement.v4',
  'infogreffe.extrait_rcs.v3',
  'infogreffe.mandataires_sociaux.v3',
  'dgfip.chiffres_affaires.v3',
  'dgfip.attestation_fiscale.v4',
  'urssaf.attestation_vigilance.v4',
  'inpi.actes_bilans.v3',
] as const;

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;
const answers = new Map<string, Answer>();

beforeAll(async () => {
  await bundleWorkers();
  host = createTestHost();
  station = await Workstation.start(host);
});

afterAll(async () => {
  await station.stop();
  host.remove();
  removeWorkers();
});

/** The steps of one morning's work, each on what the one before has left. */
describe('the main job', () => {
  it('opens on a first account, then refuses and traces a wrong password', async () => {
    expect(await station.ask('session.start', undefined)).toMatchObject({ hasAccounts: false, environment: 'sandbox' });
    await station.openFirstAccount();
    await station.ask('session.signOut', undefined);
    const refused = await station.refusal('session.signIn', { login: account.login, password: 'pas le bon' });
    expect(refused.message).toMatch(/^[A-ZÉ].*\.$/);
    const { agent } = await station.ask('session.signIn', { login: account.login, password: account.password });
    expect(agent).toMatchObject({ displayName: account.displayName, role: 'responsable' });
    const lines = await journalLines({ kind: 'all' });
    expect(lines.some((line) => line.event === 'session.refused' && line.outcome === 'refused')).toBe(true);
  });

  it('finds the company by name, SIREN and spaced SIRET, and opens a dossier', async () => {
    for (const text of ['routes et ponts', SIREN, '299 031 112 00012']) {
      const page = await station.ask('search.companies', { text, page: 1 });
      expect(page.matches.map((match) => match.siren)).toContain(SIREN);
    }
    dossierId = await station.openDossier(SIREN);
  });

  it('answers every card with its source, its date and its request id', async () => {
    const states = await Promise.all(endpointIds.map((id) => station.consult(dossierId, id, byEstablishment.has(id) ? SIRET : SIREN)));
    for (const [index, state] of states.entries()) {
      if (state.step !== 'answered') throw new Error(`${endpointIds[index]}: ${JSON.stringify(state.error)}`);
      expect(state.answer).toMatchObject({ httpStatus: 200, requestId: expect.stringMatching(/^[\w-]{8,}$/) as string });
      answers.set(state.answer.endpointId, state.answer);
    }
    expect(JSON.stringify([...answers.values()])).not.toContain('/proxy/');
    const kept = await station.ask('consultation.latest', { dossierId, identifier: SIREN });
    expect(new Set(kept.map((answer) => answer.endpointId))).toEqual(new Set(endpointIds));
  });

  it('downloads the attestations and a bilan as PDFs that open', async () => {
    for (const id of ['dgfip.attestation_fiscale.v4', 'urssaf.attestation_vigilance.v4', 'inpi.actes_bilans.v3']) {
      const document = await downloadFirst(id);
      expect(document.mediaType).toBe('application/pdf');
      const { bytes } = await station.ask('documents.read', { id: document.id });
      const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
      expect(pdf.numPages).toBeGreaterThan(0);
      expect(bytes.length).toBe(document.byteLength);
    }
    expect(await station.ask('documents.list', { dossierId })).toHaveLength(3);
  });

  it('saves a document where the agent chose, whole', async () => {
    const [document] = await station.ask('documents.list', { dossierId });
    const path = join(host.folder, 'copie.pdf');
    host.saveAt(path);
    await station.ask('documents.saveAs', { id: document?.id ?? '' });
    expect(readFileSync(path).length).toBe(document?.byteLength);
    host.saveAt(join(host.folder, 'absent', 'copie.pdf'));
    await expect(station.ask('documents.saveAs', { id: document?.id ?? '' })).rejects.toThrow();
    const { lines } = await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 1 });
    expect(lines[0]).toMatchObject({ event: 'document.exported', outcome: 'failure', documentSha256: document?.sha256 });
  });

  it('renews a link that has expired instead of showing an error', async () => {
    const state = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', SIREN, { fresh: true });
    if (state.step !== 'answered') throw new Error(state.error.message);
    await station.control('POST', '/links/expire');
    await station.forgetRequests();
    const document = await station.fetchDocument(state.answer.consultationId, pointerOf(state.answer));
    expect(document.mediaType).toBe('application/pdf');
    const paths = (await station.receivedRequests()).map((request) => request.path);
    expect(paths.filter((path) => path.includes('/proxy/files/'))).toHaveLength(2);
    expect(paths.filter((path) => path.includes('attestation_vigilance'))).toHaveLength(1);
  });

  it('keeps one justified line a call', async () => {
    const lines = await journalLines({ kind: 'calls', dossierId });
    for (const id of endpointIds) {
      const line = lines.find((one) => one.endpointId === id);
      expect(line).toMatchObject({
        agentName: account.displayName,
        outcome: 'success',
        recipient: expect.stringMatching(/^\d{14}$/) as string,
        object: 'MP-2026-014',
        requestId: expect.any(String) as string,
        durationMs: expect.any(Number) as number,
      });
      expect(line?.context).not.toBe('');
    }
    expect(await journalLines({ kind: 'calls', outcome: 'pending' })).toEqual([]);
  });

  it('exports a CSV that Excel opens right', async () => {
    const { path, lineCount } = await exportAs('csv');
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const rows = text.trimEnd().split('\r\n');
    expect(rows.length).toBeGreaterThanOrEqual(lineCount);
    expect(rows[0]).toContain(';');
    expect(text).toContain('MP-2026-014');
    expect(rows.every((row) => row.split(';').every((cell) => !/^"?[=+@]/.test(cell)))).toBe(true);
  });

  it('exports JSON Lines that verify offline, and not once tampered with', async () => {
    const { path } = await exportAs('jsonl');
    expect(verify(path)).toBe(0);
    const tampered = join(host.folder, 'tampered.jsonl');
    writeFileSync(tampered, readFileSync(path, 'utf8').replace('MP-2026-014', 'MP-2026-015'));
    expect(verify(tampered)).toBe(1);
    const shortened = join(host.folder, 'shortened.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(shortened, [...lines.slice(0, 4), ...lines.slice(5)].join('\n'));
    expect(verify(shortened)).toBe(1);
  });

  it('leaves no token and no document link in the log, the data folder or what the screens are told', async () => {
    const told = JSON.stringify(host.notified) + host.logLines.join('\n');
    expect(told).not.toMatch(/eyJ[\w-]{8,}\./);
    expect(told).not.toContain('/proxy/files/');
    await station.stop();
    station = await Workstation.start(host);
    for (const name of ['instruire.db', 'journal.db']) {
      const bytes = readFileSync(join(host.host.userDataPath, name)).toString('latin1');
      expect(bytes).not.toMatch(/eyJ[\w-]{8,}\./);
      expect(bytes).not.toContain('/proxy/files/');
    }
  });

  it('finds everything again after a restart', async () => {
    await station.ask('session.signIn', { login: account.login, password: account.password });
    expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(endpointIds.length);
    const [document] = await station.ask('documents.list', { dossierId });
    const { bytes } = await station.ask('documents.read', { id: document?.id ?? '' });
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    const report = await station.ask('journal.verify', { verificationId: 'v1' });
    expect(report).toMatchObject({ ok: true, break: null });
  });
});

async function downloadFirst(endpointId: string) {
  const answer = answers.get(endpointId);
  if (!answer) throw new Error(`${endpointId} was not answered`);
  return station.fetchDocument(answer.consultationId, pointerOf(answer));
}

function pointerOf(answer: Answer): string {
  // INPI lists acts before balance sheets.
  const offer = answer.documents.find(({ label }) => /bilan/i.test(label)) ?? answer.documents[0];
  if (!offer) throw new Error(`${answer.endpointId} offers no document`);
  return offer.pointer;
}

async function journalLines(filter: object): Promise<readonly JournalLine[]> {
  return (await station.ask('journal.search', { filter, limit: 500 })).lines as readonly JournalLine[];
}

async function exportAs(format: 'csv' | 'jsonl') {
  host.saveAt(join(host.folder, `historique.${format}`));
  const result = await station.ask('journal.export', { exportId: format, filter: {}, format });
  if (!result) throw new Error('the export was cancelled');
  return result;
}

/** Exit code of the script that an auditor runs. */
function verify(path: string): number | null {
  return spawnSync(process.execPath, [verifyScript, path], { encoding: 'utf8' }).status;
}

import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { sandboxCompanies } from '../../electron/sandbox';
import { endpoints, identifierFor } from '../../shared/catalogue';
import type { Endpoint } from '../../shared/catalogue/types';
import type { Answer } from '../../shared/domain/consultation';
import type { DossierCompany } from '../../shared/domain/dossier';
import { parseSiret } from '../../shared/domain/identifiers';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

/** Between them they have every certificate, deed, account and statute that the service gives. */
const names = ['Routes et Ponts du Pays Imaginaire', 'Charpentes Mirevaulx', 'Électricité de la Lune Rousse', 'Bureau Tressangeais Ingénierie', 'Les Amis du Phare Absent'];
const isFile = ({ documents, version }: Endpoint): boolean => version > 2 && documents.some(({ fetch }) => fetch !== 'page');

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let station: Workstation;
let dossierId: string;
let companies: readonly DossierCompany[];

beforeAll(async () => {
  station = await openWorkstation();
  const found = names.map(numbersOf);
  dossierId = await station.openDossier(found[0]?.identifier ?? '');
  for (const company of found) await station.ask('dossiers.addCompany', { id: dossierId, ...company });
  ({ companies } = await station.ask('dossiers.get', { id: dossierId }));
});

afterAll(() => closeWorkstation(station));

function numbersOf(name: string) {
  const found = sandboxCompanies().find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found?.siren) throw new Error(`${name} is not in the sandbox`);
  const siret = parseSiret(found.siret ?? '');
  return { identifier: found.siren, siret: siret.ok ? siret.value : null, name };
}

/** The first answer that gives documents, whoever of the companies it is about. */
async function answerWithDocuments(endpoint: Endpoint): Promise<Answer> {
  for (const company of companies) {
    const identifier = identifierFor(endpoint, company);
    const state = identifier === null ? null : await station.consult(dossierId, endpoint.id, identifier, { writtenReason: 'Essai de chaque document' });
    if (state?.step === 'answered' && state.answer.documents.length > 0) return state.answer;
  }
  throw new Error(`no company has a document of ${endpoint.id}`);
}

const fetchAll = ({ consultationId, documents }: Answer) =>
  Promise.all(documents.map(({ pointer }) => station.ask('documents.fetch', { downloadId: randomUUID(), consultationId, pointer })));

describe('each document that the service gives', () => {
  it.each(endpoints.filter(isFile).map((endpoint) => [endpoint.id, endpoint] as const))('%s comes, whole, in the dossier', async (_id, endpoint) => {
    const results = await fetchAll(await answerWithDocuments(endpoint));
    expect(results.map(({ step }) => step)).toEqual(results.map(() => 'stored'));
    const kept = await station.ask('documents.list', { dossierId });
    for (const result of results) {
      if (result.step === 'stored') expect(kept.find(({ id }) => id === result.document.id)).toMatchObject({ endpointId: endpoint.id, isClosed: false });
    }
  });
});

describe('documents asked for together', () => {
  const endpointOf = (id: string): Endpoint => {
    const found = endpoints.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the catalogue`);
    return found;
  };

  it('come even after the ten minutes of their link, which is asked for again once', async () => {
    const answers = await Promise.all(['cibtp.attestation_cotisations.v3', 'cnetp.attestation_cotisations.v3'].map((id) => answerWithDocuments(endpointOf(id))));
    await station.control('POST', '/links/expire');
    const results = (await Promise.all(answers.map(fetchAll))).flat();
    expect(results.map(({ step }) => step)).toEqual(['stored', 'stored']);
  });

  it.each([
    ['truncated', { kind: 'truncated_pdf' as const }, /fin manque/],
    ['not the file that was announced', { kind: 'html' as const }, /page web|n’est pas un document|pas un PDF/i],
    ['infected in appearance', { kind: 'other_body' as const, text: `%PDF-1.4 ${['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-')}! %%EOF` }, /malveillant/],
  ])('are refused one by one: the one that is %s is named, in the journal too, and the rest comes', async (_name, effect, words) => {
    const answer = await answerWithDocuments(endpointOf('inpi.actes_bilans.v3'));
    await station.addFault({ path: '/proxy/files/', effect, times: 1 });
    const results = await fetchAll(answer);
    const failures = results.flatMap((result) => (result.step === 'failed' ? [result.error] : []));
    expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(words)]);
    expect(results.filter(({ step }) => step === 'stored')).toHaveLength(answer.documents.length - 1);
    const { lines } = await station.ask('journal.search', { filter: { dossierId, kind: 'all', outcome: 'failure' }, limit: 20 });
    expect(lines[0]).toMatchObject({ detail: expect.stringMatching(words) as string });
    const wanted = await station.ask('documents.wanted', { dossierId });
    expect(wanted.map(({ problem }) => problem)).toEqual([expect.stringMatching(words)]);
    await Promise.all(wanted.map(({ consultationId, pointer }) => station.ask('documents.forget', { consultationId, pointer })));
  });
});

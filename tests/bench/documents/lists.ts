import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDocumentRecords, createFileStore, documentsSchema } from '../../../electron/documents';
import { createDossiers, dossiersSchema } from '../../../electron/dossiers';
import { createDataCipher } from '../../../electron/storage/data-cipher';
import { singleKey } from '../../../electron/storage/data-key';
import { openDatabase } from '../../../electron/storage/database';
import type { Agent } from '../../../shared/domain/agent';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { isLuhnValid, type Siret } from '../../../shared/domain/identifiers';
import { type Metric, percentile } from '../metric';
import { documentRecord } from './made-up-records';

const DOSSIERS = 2_000;
const DOCUMENTS_EACH = 10;
const COMPANIES_EACH = 3;
const PAGE = 50;
const READINGS = 200;

const recipient = '99900012800010' as Siret;
const agent: Agent = { id: 'ana', login: 'ana', displayName: 'Ana', role: 'agent', organisation: 'Ville fictive', state: 'active', lastSignInAt: null };
const habilitation: Habilitation = {
  ...{ id: 'h', title: 'Marchés', environment: 'sandbox', recipients: [recipient], contexts: ['Marchés publics'], useCases: ['marches_publics'] },
  agents: [{ agentId: 'ana', endpointIds: null }],
  token: { uid: null, subject: null, scopes: [], issuedAt: null, expiresAt: null, state: 'active', privileges: null, privilegesCheckedAt: null },
};
const places = ['école', 'mairie', 'gymnase', 'voirie', 'médiathèque', 'crèche', 'stade', 'pont'] as const;

/** 2,000 dossiers and 20,000 documents: the first page, a search, the documents of a dossier. */
export async function measureLists(): Promise<Metric[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lists-'));
  const { database } = openDatabase(join(folder, 'instruire.db'), [dossiersSchema, documentsSchema]);
  // The filling is not what is measured.
  database.exec('PRAGMA synchronous = OFF');
  const directory = { find: () => habilitation, listFor: () => [habilitation] };
  const dossiers = createDossiers({ database, habilitations: directory, record: () => Promise.resolve(), clock: { now: () => Date.now(), monotonic: () => performance.now() } });
  const records = createDocumentRecords(database);
  const store = createFileStore(join(folder, 'documents'), createDataCipher(singleKey(Buffer.alloc(32, 7))));
  const ids = await fill(dossiers, records, store);
  const search = (rank: number): unknown => dossiers.list(agent, { text: rank % 2 === 0 ? `${places[rank % places.length]} ${rank}` : `entreprise ${rank * 7}` }, { limit: PAGE });
  const listing = (rank: number): unknown => records.list(ids[rank % ids.length] ?? '', undefined).map(({ fileId }) => store.isOpenable(fileId));
  const metrics = [
    { metric: 'list_p95_ms', value: p95(() => dossiers.list(agent, { state: 'open' }, { limit: PAGE })), unit: 'ms' },
    { metric: 'search_p95_ms', value: p95(search), unit: 'ms' },
    { metric: 'documents_of_dossier_p95_ms', value: p95(listing), unit: 'ms' },
  ];
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return metrics;
}

function p95(read: (rank: number) => unknown): number {
  const durations = Array.from({ length: READINGS }, (_unused, rank) => {
    const startedAt = performance.now();
    read(rank);
    return performance.now() - startedAt;
  });
  return percentile(durations, 0.95);
}

async function fill(dossiers: ReturnType<typeof createDossiers>, records: ReturnType<typeof createDocumentRecords>, store: ReturnType<typeof createFileStore>): Promise<readonly string[]> {
  const file = await store.receive(pdf());
  const fileId = await file.keep();
  const sirens = madeUpSirens(DOSSIERS * COMPANIES_EACH);
  const ids: string[] = [];
  for (let rank = 0; rank < DOSSIERS; rank += 1) {
    const { id } = await dossiers.create(agent, {
      ...{ title: `Travaux ${places[rank % places.length]} ${rank}`, habilitationId: 'h', useCase: 'marches_publics', procedure: null, context: 'Marchés publics' },
      ...{ recipient, object: `MP-2026-${rank}`, notes: '', tags: [`lot ${rank % 12}`], deadline: rank % 3 === 0 ? '2027-01-31' : null },
    });
    for (let company = 0; company < COMPANIES_EACH; company += 1) {
      const identifier = sirens[rank * COMPANIES_EACH + company] ?? '';
      await dossiers.addCompany(agent, id, { identifier, siret: null, name: `Entreprise ${rank * COMPANIES_EACH + company}` });
      const share = Math.ceil((DOCUMENTS_EACH - company) / COMPANIES_EACH);
      for (let one = 0; one < share; one += 1) records.add(documentRecord({ fileId, sha256: file.sha256, byteLength: file.byteLength, dossierId: id, identifier }));
    }
    ids.push(id);
  }
  return ids;
}

async function* pdf(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF\n'));
}

/** Numbers of the shape of a SIREN, of no company: in the range of the sandbox. */
function madeUpSirens(count: number): readonly string[] {
  const sirens: string[] = [];
  for (let number = 299_000_000; sirens.length < count; number += 1) if (isLuhnValid(String(number))) sirens.push(String(number));
  return sirens;
}

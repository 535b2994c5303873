import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type DossierContents, exportedCompany } from '../../electron/dossier-export/contents';
import { pendingFilesSchema } from '../../electron/files/pending-files';
import { piecesSchema } from '../../electron/genuineness';
import { retentionSchema } from '../../electron/retention';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { type Database, openDatabase } from '../../electron/storage/database';
import type { Dossier } from '../../shared/domain/dossier';
import type { Siret } from '../../shared/domain/identifiers';

export const testCipher = () => createDataCipher(singleKey(Buffer.alloc(32, 7)));
export const keyOf = (folder: string): Buffer => readFileSync(join(folder, 'key'));

/** As much of the dossiers' table as a deletion needs. */
const bareDossiers = {
  feature: 'dossiers',
  migrations: [{ version: 1, sql: 'CREATE TABLE dossiers (id TEXT PRIMARY KEY, title TEXT NOT NULL, habilitation_id TEXT NOT NULL DEFAULT \'h\', state TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT' }],
};

export function openDossierDatabase(folder: string): Database {
  return openDatabase(join(folder, 'instruire.db'), [bareDossiers, piecesSchema, pendingFilesSchema, retentionSchema]).database;
}

export const session = { agent: { id: 'agent-1', displayName: 'Camille Rivière', role: 'responsable' } };

export const dossier: Dossier = {
  id: 'd',
  title: 'Dossier d’essai',
  habilitationId: 'h',
  useCase: 'marches_publics',
  procedure: null,
  context: 'Marchés publics',
  recipient: '99900012800010' as Siret,
  object: 'MAPA-1',
  notes: '',
  tags: [],
  deadline: null,
  state: 'open',
  companies: [],
  createdBy: 'Camille Rivière',
  createdAt: '2026-11-25T10:00:00.000Z',
  updatedAt: '2026-11-25T10:00:00.000Z',
};

/** Companies whose every document is a few hundred kilobytes. */
export function contentsOf(journalHead: { readonly seq: number; readonly hash: string }, companyCount: number): DossierContents {
  return {
    ...{ dossier, journalHead },
    habilitation: { title: 'Habilitation', environment: 'sandbox' },
    author: session.agent.displayName,
    workstation: 'POSTE-1',
    generatedAt: Date.parse('2026-11-25T10:00:00.000Z'),
    journalLineOf: () => null,
    grid: null,
    companies: Array.from({ length: companyCount }, (_, index) => company(String(100_000_000 + index))),
  };
}

function company(identifier: string) {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, identifier), Buffer.from('\n%%EOF\n')]);
  const about = {
    ...{ id: identifier, dossierId: 'd', identifier, originalName: 'piece.pdf', mediaType: 'application/pdf', kind: null, textState: 'read' } as const,
    byteLength: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    addedAt: '2026-11-25T10:00:00.000Z',
    addedBy: 'Camille Rivière',
  };
  const sources = { documents: [], supplied: [{ about, open: () => chunksOf(bytes) }], answers: [] };
  return exportedCompany({ identifier, siret: null, isHeadOffice: false, name: `Entreprise ${identifier}`, role: 'candidat', addedAt: about.addedAt }, sources, { now: 0, deadline: null });
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    yield bytes.subarray(at, at + 65_536);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function recordOfPiece(dossierId: string, { sha256, byteLength }: { readonly sha256: string; readonly byteLength: number }, fileId: string) {
  const fixed = { identifier: '100000009', originalName: 'piece.pdf', mediaType: 'application/pdf', addedBy: 'Camille Rivière', kind: null, textState: 'read' } as const;
  return { ...fixed, id: randomUUID(), fileId, dossierId, sha256, byteLength, addedAt: new Date().toISOString() };
}

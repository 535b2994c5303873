import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { rolldown } from 'rolldown';
import { afterEach } from 'vitest';

import type { CallIntent, CallOutcome } from '../../../electron/consultation/ports';
import { fileHeadWitness, generateSealKey, type Journal, type JournalOptions, openJournal } from '../../../electron/journal/index';
import type { Siret } from '../../../shared/domain/identifiers';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(folder);
  return folder;
}

/** Builds the journal's worker as one script, to be removed after the tests. */
export async function bundleWorker(name: string): Promise<string> {
  const root = resolve(import.meta.dirname, '../../..');
  const bundlePath = join(root, '.cache', `${name}-${process.pid}.mjs`);
  const bundle = await rolldown({
    input: join(root, 'electron/journal/worker.ts'),
    platform: 'node',
    external: ['@photostructure/sqlite', 'pdfkit', 'qrcode', 'yazl', 'undici'],
  });
  await bundle.write({ file: bundlePath, format: 'esm', codeSplitting: false });
  await bundle.close();
  return bundlePath;
}

/** A clock moved by hand. */
export class HandClock {
  constructor(public at = Date.parse('2026-03-10T09:00:00Z')) {}
  now = () => this.at;
  monotonic = () => this.at;
}

export interface Bench {
  readonly folder: string;
  readonly path: string;
  readonly clock: HandClock;
  readonly options: JournalOptions;
  open(): Journal;
}

export function makeBench(overrides: Partial<JournalOptions> = {}): Bench {
  const folder = makeFolder();
  const path = join(folder, 'journal.db');
  const clock = new HandClock();
  const options: JournalOptions = {
    path,
    clock,
    workstation: 'POSTE-12',
    sealKey: generateSealKey().key,
    witness: fileHeadWitness(join(folder, 'journal.head')),
    offsetMinutes: () => 60,
    ...overrides,
  };
  return { folder, path, clock, options, open: () => openJournal(options) };
}

export function makeIntent(overrides: Partial<CallIntent> = {}): CallIntent {
  return {
    agent: { id: 'agent-1', displayName: 'Camille Fictif' },
    dossierId: 'dossier-1',
    dossierTitle: 'Marché de nettoyage des écoles',
    habilitationId: 'hab-1',
    environment: 'sandbox',
    endpointId: 'insee.unite_legale.v4',
    provider: 'insee',
    identifier: '123456782',
    companyName: 'Société Modèle',
    justification: { context: 'Marchés publics', object: 'MP-2026-014', recipient: '12345678200010' as Siret },
    writtenReason: null,
    ...overrides,
  };
}

export function makeOutcome(overrides: Partial<CallOutcome> = {}): CallOutcome {
  return {
    outcome: 'success',
    httpStatus: 200,
    code: null,
    requestId: '00000000-0000-4000-8000-000000000001',
    durationMs: 321,
    bodySha256: 'a'.repeat(64),
    documentSha256: null,
    detail: null,
    ...overrides,
  };
}

/** Records one call from intent to outcome. */
export async function recordCall(journal: Journal, intent: Partial<CallIntent> = {}, outcome: Partial<CallOutcome> = {}): Promise<number> {
  const ref = await journal.recordIntent(makeIntent(intent));
  await journal.recordOutcome(ref, makeOutcome(outcome));
  return ref.seq;
}

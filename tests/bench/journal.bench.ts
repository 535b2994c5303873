import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';

import type { CallIntent } from '../../electron/consultation/ports';
import { fileHeadWitness, generateSealKey, openJournal } from '../../electron/journal';
import { intentParts } from '../../electron/journal/event-parts';
import { systemClock } from '../../electron/storage/clock';
import type { Siret } from '../../shared/domain/identifiers';
import { median, type Metric } from './metric';

const BATCH = 100;

export async function run(): Promise<Metric[]> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-bench-'));
  try {
    return await appendMetrics(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeIntent(index: number): CallIntent {
  const company = index % 5_000;
  return {
    agent: { id: `agent-${index % 20}`, displayName: `Agent Fictif ${index % 20}` },
    dossierId: `dossier-${index % 2_000}`,
    dossierTitle: `Marché de fournitures ${index % 2_000}`,
    habilitationId: `habilitation-${index % 5}`,
    environment: 'sandbox',
    endpointId: 'insee.unite_legale.v4',
    provider: 'insee',
    identifier: String(100_000_000 + company),
    companyName: `Société Modèle ${company}`,
    justification: { context: 'Marchés publics', object: `MP-2026-${index % 2_000}`, recipient: '12345678200010' as Siret },
    writtenReason: null,
  };
}

async function appendMetrics(folder: string): Promise<Metric[]> {
  const { key } = generateSealKey();
  const options = { path: join(folder, 'append.db'), clock: systemClock, workstation: 'POSTE-1', sealKey: key, witness: fileHeadWitness(join(folder, 'append.head')) };
  const journal = openJournal(options);
  const bare = new DatabaseSync(join(folder, 'bare.db'));
  bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const made = new DatabaseSync(options.path, { readOnly: true });
  const tables = made.prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'entries' AND type IN ('table', 'index')").all() as { sql: string }[];
  made.close();
  for (const { sql } of tables) bare.exec(sql);
  const insert = bare.prepare(`INSERT INTO entries VALUES (${Array(14).fill('?').join(',')})`);
  let n = 0;
  const out: Metric[] = [];
  for (const [name, size, rounds] of [['single', 1, 300], ['batch', BATCH, 60], ['large', 2000, 10]] as const) {
    const ours: number[] = [], theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const intents = Array.from({ length: size }, (_, i) => makeIntent(n + i));
      let t = performance.now();
      await Promise.all(intents.map((intent) => journal.recordIntent(intent)));
      ours.push(performance.now() - t);
      const rows = intents.map((intent, i) => {
        const p = intentParts(intent, 'POSTE-1');
        return [n + i + 1, Date.now(), 60, 'call.intent', null, 'a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64), 'd'.repeat(32), p.actor ?? null, p.purpose ?? null, p.result ?? null, p.subject ?? null, p.words ?? null];
      });
      t = performance.now();
      bare.exec('BEGIN IMMEDIATE');
      for (const row of rows) insert.run(...row);
      bare.exec('COMMIT');
      theirs.push(performance.now() - t);
      n += size;
    }
    out.push({ metric: `ours_us_per_row_${name}`, value: (median(ours) / size) * 1e3, unit: 'us' });
    out.push({ metric: `bare_us_per_row_${name}`, value: (median(theirs) / size) * 1e3, unit: 'us' });
    out.push({ metric: `append_ratio_${name}`, value: median(theirs) / median(ours), unit: '' });
  }
  journal.close();
  bare.close();
  return out;
}

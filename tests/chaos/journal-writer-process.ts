import { existsSync, readFileSync, writeSync } from 'node:fs';

import { exportJournal } from '../../electron/journal/export/index';
import { fileHeadWitness, openJournal, openJournalReader, sealKeyFromPrivate } from '../../electron/journal/index';

/**
 * Killed at a random moment by `journal.chaos.test.ts`: writes, exports or purges without end,
 * and says on its output which rows were acknowledged.
 */
const [folder = '', work = 'write'] = process.argv.slice(2);
const path = `${folder}/journal.db`;
const sealKey = sealKeyFromPrivate(readFileSync(`${folder}/key`));
const oldDays = Date.parse('2020-01-01T00:00:00Z');
const clock = { now: () => (work === 'purge' ? oldDays : Date.now()), monotonic: () => performance.now() };

const journal = openJournal({ path, clock, workstation: 'POSTE-1', sealKey, witness: fileHeadWitness(`${folder}/head`) });
writeSync(1, 'open\n');

async function writeBurst(size: number): Promise<void> {
  const rows = Array.from({ length: size }, async (_, index) => {
    const { seq } = await journal.record({ event: 'session.opened', agent: { id: `agent-${index}`, displayName: 'Agent' }, detail: 'x'.repeat(200) });
    writeSync(1, `${seq}\n`);
  });
  await Promise.all(rows);
}

async function exportOnce(): Promise<void> {
  const reader = openJournalReader(path);
  const request = { filter: {}, generatedAt: Date.now(), offsetMinutes: 0, publicKey: sealKey.publicKey().toString('base64') };
  await exportJournal(reader.database, reader.index, { path: `${folder}/export.jsonl`, format: 'jsonl' }, request);
  reader.close();
}

for (let turn = 1; existsSync(folder); turn += 1) {
  await writeBurst((turn % 20) + 1);
  if (work === 'export') await exportOnce();
  if (work === 'purge') await journal.purge(Date.now(), 36);
}

import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import type { SandboxReady } from '../../electron/sandbox/worker';
import { createTestHost } from '../support/host';
import { sirensOfBatch } from './batch-evidence';
import { account, Workstation } from '../support/workstation';

/**
 * Started and killed by `batches.chaos.test.ts`: signs in, takes up the batch that the former life left, or begins a
 * new one over companies that no batch has seen. With `finish` it ends what is begun and begins nothing; with
 * `last-tries` it says « open » once failures are called once more.
 */
const [folder = '', service = '', windowMs = '', mode = ''] = process.argv.slice(2);
const isForLastTries = mode === 'last-tries';
const endpointIds = isForLastTries ? ['insee.unite_legale.v4'] : ['insee.unite_legale.v4', 'infogreffe.extrait_rcs.v3'];

const host = createTestHost({ folder, service: JSON.parse(service) as SandboxReady, sandbox: { windowMs: Number(windowMs) } });
const station = await Workstation.start(host);
const { hasAccounts } = await station.ask('session.start', undefined);
if (hasAccounts) await station.ask('session.signIn', { login: account.login, password: account.password });
else await station.openFirstAccount();
const dossiers = await station.ask('dossiers.list', {});
const dossierId = dossiers.dossiers[0]?.id ?? (await station.openDossier('299031112'));

const { batches, total } = await station.ask('batches.list', {});
const live = batches.find(({ state }) => state === 'running' || state === 'paused' || state === 'planned');
if (!isForLastTries) writeSync(1, 'open\n');
if (live) await station.ask('batches.start', { id: live.id });
else if (mode !== 'finish') await begin(total);
if (isForLastTries) await sayWhenLastTriesBegin();
await waitForTheEnd();

async function begin(rank: number): Promise<void> {
  const text = sirensOfBatch(rank).join('\n');
  const preview = await station.ask('batches.import', { source: { kind: 'text', text } });
  const choice = { endpointIds, parameters: {}, withDocuments: false, writtenReason: null };
  const schedule = { startAt: null, hours: null, recurrence: null };
  const { id } = await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: `Lot ${rank}`, choice, schedule });
  await station.ask('batches.start', { id });
}

async function sayWhenLastTriesBegin(): Promise<void> {
  const [batch] = (await station.ask('batches.list', {})).batches;
  const hasBegun = async (): Promise<boolean> => {
    const { items } = await station.ask('batches.items', { id: batch?.id ?? '' });
    return items.some(({ note }) => note?.startsWith('Redemandé'));
  };
  while (!(await hasBegun())) await delay(10);
  writeSync(1, 'open\n');
}

/** Lives until it is killed; to finish, until everything is answered: the agent takes up again what stayed unknown. */
async function waitForTheEnd(): Promise<void> {
  const look = setInterval(() => void step().catch((error: unknown) => writeSync(2, `${String(error)}\n`)), 50);
  async function step(): Promise<void> {
    const page = await station.ask('batches.list', {});
    if (mode !== 'finish' || page.batches.some(({ state }) => state !== 'done')) return;
    const unknown = page.batches.find(({ counts }) => counts.unknown > 0);
    if (unknown) return void (await station.ask('batches.retryFailed', { id: unknown.id }));
    clearInterval(look);
    await station.stop();
    process.exit(0);
  }
}

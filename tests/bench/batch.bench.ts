import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { doneCount } from '../../shared/domain/batch';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { madeUpSirens } from '../support/sirens';
import { account, Workstation } from '../support/workstation';
import type { Metric } from './metric';

const WINDOW_MS = 2_000;
const LIMIT = 250;
const COMPANIES = 5_000;
const LONG_LIST = 100_000;
const PAGES_SHOWN = 500;
/** All counted in the pool `data`. */
const endpointIds = ['insee.unite_legale.v4', 'infogreffe.extrait_rcs.v3', 'infogreffe.mandataires_sociaux.v3'];
const choice = { endpointIds, parameters: {}, withDocuments: false, writtenReason: null };
const atOnce = { startAt: null, hours: null, recurrence: null };

/** The whole composition, as in the product: a run against the embedded service, then a list a hundred thousand lines long. */
export async function run(): Promise<Metric[]> {
  await bundleWorkers();
  const metrics = [...(await longList()), ...(await throughput())];
  removeWorkers();
  return metrics;
}

async function open(): Promise<{ host: TestHost; station: Workstation; dossierId: string }> {
  const host = createTestHost({ sandbox: { windowMs: WINDOW_MS, limits: { data: LIMIT }, latencyMs: 20, knowsEverySiren: true } });
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  return { host, station, dossierId: await station.openDossier('299031112') };
}

/** Time of a run over the least that the quota allows, at night: the session is locked, nobody else draws on the token. */
async function throughput(): Promise<Metric[]> {
  const { host, station, dossierId } = await open();
  const preview = await station.ask('batches.import', { source: { kind: 'text', text: madeUpSirens(100_000_000, COMPANIES).join('\n') } });
  const { id } = await station.ask('batches.create', {
    ...{ importId: preview?.importId ?? '', dossierId, title: 'Banc', choice },
    // Held until everything is in place: what is measured is calling.
    schedule: { ...atOnce, startAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
  await delay(WINDOW_MS - (Date.now() % WINDOW_MS));
  const startedAt = Date.now();
  await station.ask('batches.start', { id });
  station.composition.lock();
  while (host.notices.length === 0) await delay(5);
  const tookMs = Date.now() - startedAt;
  await station.ask('session.unlock', { password: account.password });
  const { counts } = await station.ask('batches.get', { id });
  const calls = COMPANIES * endpointIds.length;
  const lastWindow = Math.floor(startedAt / WINDOW_MS) + Math.ceil(calls / LIMIT) - 1;
  const minimumMs = lastWindow * WINDOW_MS - startedAt;
  const refused = (await station.receivedRequests()).filter(({ status }) => status === 429).length;
  await station.stop();
  host.remove();
  return [
    { metric: 'ratio_to_minimum', value: tookMs / minimumMs, unit: 'x' },
    { metric: 'total', value: tookMs, unit: 'ms' },
    { metric: 'minimum', value: minimumMs, unit: 'ms' },
    { metric: 'answered', value: counts.answered, unit: 'calls' },
    { metric: 'not_answered', value: counts.total - counts.answered, unit: 'calls' },
    { metric: 'count_429', value: refused, unit: 'calls' },
  ];
}

/** Memory over idle while a long list is read, planned, made into calls and shown; longest stall of the main thread. */
async function longList(): Promise<Metric[]> {
  const { host, station, dossierId } = await open();
  const path = join(host.folder, 'liste.csv');
  writeFileSync(path, madeUpSirens(200_000_000, LONG_LIST).join('\n'));
  host.openFrom(path);
  await delay(1_000);
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  let peak = idle;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  stalls.enable();
  const startedAt = performance.now();
  const importId = (await station.ask('batches.import', { source: { kind: 'file' } }))?.importId ?? '';
  const readMs = performance.now() - startedAt;
  const schedule = { ...atOnce, startAt: new Date(Date.now() + 86_400_000).toISOString() };
  const plan = await station.ask('batches.plan', { importId, dossierId, choice, schedule });
  const { id } = await station.ask('batches.create', { importId, dossierId, title: 'Longue liste', choice, schedule });
  const madeMs = performance.now() - startedAt - readMs;
  for (let page = 0; page < PAGES_SHOWN; page += 1) {
    await station.ask('batches.grid', { id, offset: Math.floor((page * LONG_LIST) / PAGES_SHOWN), limit: 50 });
    await delay(0);
  }
  stalls.disable();
  clearInterval(sampling);
  const { counts } = await station.ask('batches.get', { id });
  await station.stop();
  host.remove();
  return [
    { metric: 'memory_over_idle_100000_lines', value: (peak - idle) / 1024 / 1024, unit: 'MB' },
    { metric: 'read_100000_lines', value: readMs, unit: 'ms' },
    { metric: 'plan_and_make_300000_calls', value: madeMs, unit: 'ms' },
    { metric: 'calls_planned', value: plan.calls, unit: 'calls' },
    { metric: 'calls_made', value: counts.total - doneCount(counts), unit: 'calls' },
    { metric: 'longest_stall', value: stalls.max / 1e6, unit: 'ms' },
  ];
}

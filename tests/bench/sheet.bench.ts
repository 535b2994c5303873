import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Page } from '@playwright/test';

import { endpointSet } from '../../renderer/features/company/endpoint-set';
import { callPath, defaultParameters, endpoints, identifierFor } from '../../shared/catalogue';
import type { Endpoint } from '../../shared/catalogue/types';
import type { DossierCompany } from '../../shared/domain/dossier';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc';
import { launchApp, removeUserData, type RunningApp, waitUntilReady } from '../support/app';
import { firstAccount, goTo } from '../support/steps';
import { median, type Metric } from './metric';

/** Opens a real window. */
export const needsWindow = true;

const RUNS = 3;
const CARDS = 30;
const FASTEST_MS = 300;
const SLOWEST_MS = 2_000;
const SEARCHED = 'vallon bleu';

/** The purpose whose set is the largest. */
const USE_CASE = 'fraude';

interface Filling {
  readonly lastCardMs: number;
  /** Durations of the renderer's tasks over 50 ms. */
  readonly stallsMs: readonly number[];
  /** The same while the sheet, full, has nothing to do for as long: what the machine does by itself. */
  readonly restStallsMs: readonly number[];
}

/**
 * From the agent's click to the last of thirty cards, behind a service whose slowest answer takes two seconds. The
 * first filling uses each of the token's pools for the first time: one call asks there before the second leaves
 * (docs/decisions/0006-quota-windows.md), which `first_use_ratio` tells.
 */
export async function run(): Promise<Metric[]> {
  const running = await launchApp();
  try {
    await waitUntilReady(running.window);
    await openSession(running.window);
    const fillings: Filling[] = [];
    for (let index = 1; index <= RUNS; index += 1) {
      await waitForUnusedQuota(running.window);
      fillings.push(await fillSheet(running, `Banc ${index}`));
    }
    const lastCardMs = median(fillings.map((filling) => filling.lastCardMs));
    const stallsMs = fillings.flatMap((filling) => filling.stallsMs);
    return [
      { metric: 'last_card_ms', value: lastCardMs, unit: 'ms' },
      { metric: 'ratio_to_slowest', value: lastCardMs / SLOWEST_MS, unit: 'x' },
      { metric: 'first_use_ratio', value: (fillings[0]?.lastCardMs ?? NaN) / SLOWEST_MS, unit: 'x' },
      { metric: 'worst_ratio', value: Math.max(...fillings.map((filling) => filling.lastCardMs)) / SLOWEST_MS, unit: 'x' },
      { metric: 'stalls_over_50_ms', value: median(fillings.map((filling) => filling.stallsMs.length)), unit: 'tasks' },
      { metric: 'longest_stall_ms', value: Math.max(0, ...stallsMs), unit: 'ms' },
      { metric: 'stalls_at_rest', value: median(fillings.map((filling) => filling.restStallsMs.length)), unit: 'tasks' },
      { metric: 'load_average', value: loadavg()[0] ?? 0, unit: 'processes' },
    ];
  } finally {
    await running.close();
    removeUserData(running.userData);
  }
}

/** As fast as the machine allows: only the sheet is measured. */
async function openSession(window: Page): Promise<void> {
  await ask(window, 'session.createFirstAccount', firstAccount);
  await window.reload();
  await waitUntilReady(window);
}

/**
 * Each filling has a minute of the token to itself, as an agent's sheet has: the smallest pool, of five calls a minute,
 * holds two fillings, and the third would measure the quota's wait for the next minute.
 */
async function waitForUnusedQuota(window: Page): Promise<void> {
  const isUsed = async () => (await ask(window, 'quota.snapshot', undefined)).windows.some(({ used }) => used > 0);
  while (await isUsed()) await sleep(250);
}

/** A dossier of its own each time: every card is filled for the first time. */
async function fillSheet(running: RunningApp, title: string): Promise<Filling> {
  const { window } = running;
  const { dossierId, company, wanted, addable } = await prepareDossier(window, title);
  await running.sandbox('DELETE /faults');
  const added = await addCards(window, dossierId, company, addable, CARDS - wanted.length);
  await slowDown(running, company, [...added, ...wanted]);
  await goTo(window, 'Dossiers');
  await window.getByRole('list', { name: 'Dossiers' }).getByText(title, { exact: true }).click();
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByText(company.name).click();
  for (const endpoint of added) await window.locator(`button[aria-label="${refreshLabel(endpoint)}"]`).waitFor({ state: 'attached' });
  await window.getByRole('button', { name: /^Tout consulter/ }).click();
  await window.getByRole('button', { name: /^Lancer les/ }).waitFor();
  return window.evaluate(watchCards, { cards: CARDS, refreshed: added.map(refreshLabel) });
}

function refreshLabel({ title }: Endpoint): string {
  return `Actualiser : ${title}`;
}

async function prepareDossier(window: Page, title: string) {
  const [found] = (await ask(window, 'search.companies', { text: SEARCHED })).matches;
  const [habilitation] = await ask(window, 'habilitations.list', undefined);
  const [context, recipient] = [habilitation?.contexts[0], habilitation?.recipients[0]];
  if (!found || !habilitation || !context || !recipient) throw new Error('the sandbox has no company or no habilitation');
  const draft = { title, habilitationId: habilitation.id, useCase: USE_CASE, context, recipient, object: 'Banc de mesure' } as const;
  const dossier = await ask(window, 'dossiers.create', draft);
  const { companies } = await ask(window, 'dossiers.addCompany', { id: dossier.id, identifier: found.siren, siret: found.headOfficeSiret, name: found.name });
  const [company] = companies;
  if (!company) throw new Error('the dossier has no company');
  const { wanted, addable } = endpointSet(endpoints, dossier, habilitation);
  const callable = (endpoint: Endpoint) => identifierFor(endpoint, company) !== null;
  return { dossierId: dossier.id, company, wanted: wanted.filter(callable), addable: addable.filter(callable) };
}

/** Answers beyond the set, so that their cards are on the sheet too. */
async function addCards(window: Page, dossierId: string, company: DossierCompany, addable: readonly Endpoint[], count: number): Promise<readonly Endpoint[]> {
  const added: Endpoint[] = [];
  for (const endpoint of addable) {
    if (added.length === count) return added;
    const identifier = identifierFor(endpoint, company) ?? '';
    const consultationId = `banc-${dossierId}-${endpoint.id}`.replace(/[^\w-]/g, '-').slice(0, 64);
    const parameters = defaultParameters(endpoint, new Date());
    const state = await ask(window, 'consultation.run', { consultationId, dossierId, endpointId: endpoint.id, identifier, parameters });
    if (state.step === 'answered') added.push(endpoint);
  }
  if (added.length < count) throw new Error(`only ${added.length} endpoints answer beyond the set`);
  return added;
}

/** Latencies spread evenly; the last endpoint, of the purpose's own set, is the slowest. */
async function slowDown(running: RunningApp, company: DossierCompany, called: readonly Endpoint[]): Promise<void> {
  const faults = called.map((endpoint, rank) => {
    const parameters = defaultParameters(endpoint, new Date());
    const [path = ''] = callPath(endpoint, identifierFor(endpoint, company) ?? '', parameters).split('?');
    return { path, latencyMs: Math.round(FASTEST_MS + ((SLOWEST_MS - FASTEST_MS) * rank) / (called.length - 1)) };
  });
  // The service takes the first that fits the start of the path: the longest must come first.
  for (const fault of faults.sort((a, b) => b.path.length - a.path.length)) await running.sandbox('POST /faults', fault);
}

/** Runs in the page: launches everything, then looks at the cards at each frame until each shows the outcome of a new call. */
async function watchCards({ cards, refreshed }: { readonly cards: number; readonly refreshed: readonly string[] }): Promise<Filling> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const click = (isRight: (button: HTMLButtonElement) => boolean) => {
    const button = [...document.querySelectorAll('button')].find(isRight);
    if (!button) throw new Error('a button is missing from the sheet');
    button.click();
  };
  const before = new Set([...document.querySelectorAll('[data-consultation]')].map((card) => card.getAttribute('data-consultation')));
  // A card may go from one outcome to the next without having been drawn busy.
  const settled = () => [...document.querySelectorAll('[data-consultation][aria-busy="false"]')].filter((card) => !before.has(card.getAttribute('data-consultation'))).length;
  const stallsMs: number[] = [];
  const observer = new PerformanceObserver((list) => stallsMs.push(...list.getEntries().map(({ duration }) => duration)));
  await frame();
  observer.observe({ type: 'longtask' });
  const startedAt = performance.now();
  click((button) => (button.textContent ?? '').startsWith('Lancer les'));
  for (const label of refreshed) {
    await frame();
    click((button) => button.getAttribute('aria-label') === label);
  }
  while (settled() < cards) {
    if ((await frame()) - startedAt > 60_000) throw new Error(`${settled()} cards of ${cards} have an outcome`);
  }
  const lastCardMs = performance.now() - startedAt;
  // The observer hears of a task a little after its end.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const during = stallsMs.splice(0);
  const restUntil = performance.now() + lastCardMs;
  while (performance.now() < restUntil) await frame();
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  return { lastCardMs, stallsMs: during, restStallsMs: stallsMs };
}

/** Asks main as a screen does. */
async function ask<C extends ChannelName>(page: Page, channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const result = await page.evaluate(([name, value]) => window.instruire.call(name as ChannelName, value as never), [channel, input] as const);
  if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
  return result.value as ChannelOutput<C>;
}

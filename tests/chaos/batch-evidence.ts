import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';

import type { Sandbox } from '../../electron/sandbox';
import { findEndpoint } from '../../shared/catalogue';
import { madeUpSirens } from '../support/sirens';

const LINES = 150;

/** Companies that no other batch of the test has. */
export function sirensOfBatch(rank: number): readonly string[] {
  return madeUpSirens(100_000_000 + rank * 10_000, LINES);
}

interface Item {
  readonly id: number;
  readonly batch_id: string;
  readonly endpoint_id: string;
  readonly identifier: string;
  readonly state: string;
  readonly consultation_id: string;
  readonly isKept: number;
  readonly note: string | null;
}

/** Every call of every batch, as the workstation keeps it. */
export function itemsOf(folder: string): readonly Item[] {
  const database = new DatabaseSync(join(folder, 'data', 'instruire.db'), { readOnly: true });
  const sql = `SELECT *, EXISTS (SELECT 1 FROM answers WHERE answers.consultation_id = batch_items.consultation_id) AS isKept FROM batch_items`;
  const items = database.prepare(sql).all() as unknown as Item[];
  database.close();
  return items;
}

/** Calls that the journal says, by « endpoint identifier »: intents, and announced repetitions. */
function journalled(folder: string): { readonly intents: ReadonlyMap<string, number>; readonly repeats: ReadonlyMap<string, number>; readonly lostAnswers: number } {
  const database = new DatabaseSync(join(folder, 'data', 'journal.db'), { readOnly: true });
  const intents = new Map<string, number>();
  const repeats = new Map<string, number>();
  let lostAnswers = 0;
  for (const row of database.prepare('SELECT event, purpose, subject, words FROM entries').all() as Record<string, string | null>[]) {
    const { endpointId } = JSON.parse(row['purpose'] ?? '{}') as { endpointId?: string };
    const { identifier } = JSON.parse(row['subject'] ?? '{}') as { identifier?: string };
    const { detail = '' } = JSON.parse(row['words'] ?? '{}') as { detail?: string };
    const repeated = /appel répété à (\S+) pour (\d+)\./.exec(detail);
    if (row['event'] === 'call.intent') count(intents, `${endpointId} ${identifier}`);
    if (repeated && detail.includes('a perdu la réponse')) lostAnswers += 1;
    if (repeated) count(repeats, `${repeated[1]} ${repeated[2]}`);
  }
  database.close();
  return { intents, repeats, lostAnswers };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What the workstation keeps, what its journal says and what the service saw, held against each other. */
export interface Evidence {
  readonly items: readonly Item[];
  /** Announced repetitions, by call. */
  readonly repeats: ReadonlyMap<string, number>;
  readonly lostAnswers: number;
  readonly requestsInAll: number;
  /** Calls without a kept answer. */
  readonly missing: readonly Item[];
  /** Calls that reached the service more often than the journal says. */
  readonly untraced: readonly Item[];
  /** Killed in its repetition too, a call stays « issue inconnue » until the agent takes it up again. */
  readonly unknown: readonly Item[];
  /** Calls made more often than planned and announced. */
  readonly double: readonly Item[];
}

/** @param plannedCalls calls that each item takes when nothing is killed. */
export function gatherEvidence(folder: string, sandbox: Sandbox, plannedCalls: number): Evidence {
  const items = itemsOf(folder);
  const { intents, repeats, lostAnswers } = journalled(folder);
  const requests = servedBy(sandbox);
  const requestsFor = (item: Item): number => requests.get(pathOf(item)) ?? 0;
  const missing = items.filter((item) => item.state !== 'answered' || item.isKept !== 1);
  const untraced = items.filter((item) => requestsFor(item) > (intents.get(keyOf(item)) ?? 0));
  const unknown = items.filter(({ note }) => note?.includes('la répétition aussi'));
  const announced = (item: Item): number => (repeats.get(keyOf(item)) ?? 0) + (unknown.includes(item) ? 1 : 0);
  const double = items.filter((item) => requestsFor(item) > plannedCalls + announced(item));
  const requestsInAll = [...requests.values()].reduce((sum, one) => sum + one, 0);
  return { items, repeats, lostAnswers, requestsInAll, missing, untraced, unknown, double };
}

/** Requests that the service let in, by path. */
function servedBy(sandbox: Sandbox): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path, status } of sandbox.requestLog()) if (status !== 429) count(counts, path);
  return counts;
}

function pathOf({ endpoint_id, identifier }: Item): string {
  return (findEndpoint(endpoint_id)?.path ?? '').replace(/\{\w+\}/, identifier);
}

function keyOf({ endpoint_id, identifier }: Item): string {
  return `${endpoint_id} ${identifier}`;
}

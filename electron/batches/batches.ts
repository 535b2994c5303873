import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { findEndpoint } from '../../shared/catalogue';
import type { Endpoint } from '../../shared/catalogue/types';
import type { Agent } from '../../shared/domain/agent';
import type { Batch, BatchChoice, BatchPlan, BatchSchedule, BatchSpeed } from '../../shared/domain/batch';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { BatchStore, NewBatch } from './batch-store';
import type { Imports } from './imports';
import type { ItemStore, NewItem } from './item-store';
import type { ListStore } from './list-store';
import { callCounter, callOf } from './plan/calls';
import { daysLater, opensAt } from './plan/calendar';
import { chooseEndpoints, type ChosenEndpoints } from './plan/endpoints';
import { estimatePlan, type PoolCost } from './plan/estimate';
import { spaced } from './spaced';
import type { Sweep } from './sweep';

export interface BatchesDeps {
  readonly batches: BatchStore;
  readonly items: ItemStore;
  readonly lists: ListStore;
  readonly imports: Imports;
  readonly record: RecordEvent;
  readonly clock: Clock;
  readonly sweep: Sweep;
  /** Lines of a list whose calls are written, out of all. */
  readonly onMaking: (importId: string, made: number, total: number) => void;
  /** Throws an {@link IpcFailure} when this agent may not open the dossier. */
  readonly dossierOf: (agent: Agent, dossierId: string) => Dossier;
  /** Whether the agent's part of the dossier's habilitation, and its token, open the endpoint. */
  readonly isAllowed: (agent: Agent, dossier: Dossier, endpoint: Endpoint) => boolean;
  readonly limitOf: (habilitationId: string, pool: string) => number;
  readonly durationOf: (habilitationId: string, pools: readonly PoolCost[]) => number;
}

export interface BatchWish {
  readonly importId: string;
  readonly dossierId: string;
  readonly choice: BatchChoice;
  readonly schedule: BatchSchedule;
}

/** What was answered recently enough not to be asked again; undefined: ask. */
export type KeptAnswer = (call: NewItem) => NewItem['kept'];

/** How a run is made: what need not be asked again, the run that it follows, who may stop it, who is told how many lines are done. */
interface Making {
  readonly kept?: KeptAnswer;
  readonly successorOf?: string;
  readonly signal?: AbortSignal;
  readonly onMade?: (lineCount: number) => void;
}

/** Lines counted at once, calls written at once: a turn of the event loop each. */
const LINES_AT_ONCE = 500;
const CALLS_AT_ONCE = 2_000;

/** Runs as agents make them: planned, traced, stored. What makes them go is elsewhere. */
export class Batches {
  /** Runs being made, by the list that they are made of. */
  readonly #making = new Map<string, AbortController>();

  constructor(private readonly deps: BatchesDeps) {}

  private readonly now = (): string => new Date(this.deps.clock.now()).toISOString();

  /** The same answer for a run that does not exist and for one of a dossier that the agent may not open. */
  get(agent: Agent, id: string): Batch {
    const batch = this.deps.batches.find(id);
    if (!batch) throw new IpcFailure('not_found', 'Ce lot n’existe plus : revenez à la liste des lots.');
    this.deps.dossierOf(agent, batch.dossierId);
    return batch;
  }

  /** Its calls leave in the name of whoever made it: nobody else sets it going. */
  owned(agent: Agent, id: string): Batch {
    const batch = this.get(agent, id);
    if (batch.agentId === agent.id) return batch;
    throw new IpcFailure('forbidden', `Ce lot appelle au nom de ${batch.agentName} : lui seul peut le lancer. Demandez-le-lui, ou préparez le vôtre.`);
  }

  /** Stopping and forgetting are also for the responsable. */
  governed(agent: Agent, id: string): Batch {
    return hasRight(agent.role, 'dossiers.manage') ? this.get(agent, id) : this.owned(agent, id);
  }

  async plan(agent: Agent, wish: BatchWish): Promise<BatchPlan> {
    const list = this.deps.imports.owned(agent.id, wish.importId);
    const dossier = this.deps.dossierOf(agent, wish.dossierId);
    const chosen = this.chosen(agent, dossier, wish.choice);
    const counter = callCounter(chosen.endpoints);
    for await (const lines of this.pagesOf(list.importId, LINES_AT_ONCE)) counter.add(lines);
    const { habilitationId } = dossier;
    const estimate = estimatePlan({
      counts: counter.result(),
      schedule: wish.schedule,
      withDocuments: wish.choice.withDocuments,
      limitOf: (pool) => this.deps.limitOf(habilitationId, pool),
      durationOf: (pools) => this.deps.durationOf(habilitationId, pools),
      now: this.deps.clock.now(),
    });
    return { ...estimate, excluded: chosen.excluded, warnings: chosen.warnings };
  }

  async create(agent: Agent, wish: BatchWish & { readonly title: string; readonly speed: BatchSpeed }): Promise<Batch> {
    const { title, speed, schedule } = wish;
    const list = this.deps.imports.owned(agent.id, wish.importId);
    const dossier = this.deps.dossierOf(agent, wish.dossierId);
    if (dossier.state !== 'open') throw new IpcFailure('refused', 'Ce dossier est clos : rouvrez-le pour y lancer un lot.');
    const { endpoints } = this.chosen(agent, dossier, wish.choice);
    if (endpoints.length === 0) throw new IpcFailure('invalid_input', 'Aucune des données choisies ne peut être demandée : voyez pourquoi dans le plan.', 'choice');
    if (list.lineCount === 0) throw new IpcFailure('invalid_input', 'Cette liste ne contient aucune ligne utilisable : corrigez les lignes mises de côté, ou choisissez-en une autre.', 'importId');
    assertEverOpen(schedule, this.deps.clock.now());
    const choice = { ...wish.choice, endpointIds: endpoints.map(({ id }) => id) };
    const owner = { agentId: agent.id, agentName: agent.displayName };
    const batch = { id: randomUUID(), listId: list.importId, dossierId: dossier.id, title, choice, schedule, speed, ...owner, previousId: null };
    if (this.#making.has(list.importId)) throw new IpcFailure('conflict', 'Un lot se prépare déjà sur cette liste\u00a0: attendez qu’il soit prêt, ou annulez-le.');
    const controller = new AbortController();
    this.#making.set(list.importId, controller);
    const onMade = spaced(() => this.deps.clock.monotonic(), (made: number) => this.deps.onMaking(list.importId, made, list.lineCount));
    try {
      await this.trace(agent, dossier, `Lot « ${title} » créé : ${list.lineCount} lignes, ${endpoints.length} données.`);
      return await this.insert({ ...batch, nextRunAt: this.nextRunAt(schedule), createdAt: this.now() }, endpoints, { signal: controller.signal, onMade });
    } catch (error) {
      if (controller.signal.aborted) await this.trace(agent, dossier, `Lot « ${title} » annulé pendant sa préparation : rien n’a été appelé.`);
      throw error;
    } finally {
      this.#making.delete(list.importId);
    }
  }

  /** Nothing stays of a run that was being made; its list does, as it was read. */
  cancelMaking(agent: Agent, importId: string): void {
    this.deps.imports.owned(agent.id, importId);
    this.#making.get(importId)?.abort();
  }

  /** Resolves once nothing more touches the database. */
  async close(): Promise<void> {
    for (const controller of this.#making.values()) controller.abort();
    await this.deps.sweep.stop();
  }

  /** The next run of a recurring one, over the same list; what need not be asked again is kept. */
  async createNext(former: Batch, kept: KeptAnswer): Promise<Batch> {
    const schedule = { ...former.schedule, startAt: null };
    const { listId, dossierId, title, choice, speed, agentId, agentName } = former;
    const next = { id: randomUUID(), listId, dossierId, title, choice, schedule, speed, agentId, agentName };
    const endpoints = choice.endpointIds.flatMap((id) => findEndpoint(id) ?? []);
    return this.insert({ ...next, previousId: former.id, nextRunAt: this.nextRunAt(schedule), createdAt: this.now() }, endpoints, { kept, successorOf: former.id });
  }

  trace(agent: Pick<Agent, 'id' | 'displayName'>, dossier: Pick<Dossier, 'id' | 'title' | 'habilitationId'>, detail: string): Promise<void> {
    const { id: dossierId, title: dossierTitle, habilitationId } = dossier;
    return traceOrRefuse(this.deps.record, { ...by(agent), event: 'batch.changed', outcome: 'success', dossierId, dossierTitle, habilitationId, detail });
  }

  /** Gone at once for everybody; its calls, then its list with its last run, are swept away in the background. */
  remove({ id, listId }: Batch): void {
    this.deps.batches.hide(id);
    this.deps.sweep.take({ id, listId });
  }

  private chosen(agent: Agent, dossier: Dossier, choice: BatchChoice): ChosenEndpoints {
    return chooseEndpoints(choice, dossier.useCase, (endpoint) => this.deps.isAllowed(agent, dossier, endpoint));
  }

  private nextRunAt({ startAt, recurrence }: BatchSchedule): string | null {
    const start = startAt === null ? this.deps.clock.now() : Date.parse(startAt);
    return recurrence && new Date(daysLater(start, recurrence.everyDays)).toISOString();
  }

  private async insert(batch: NewBatch, endpoints: readonly Endpoint[], { kept, successorOf, signal, onMade }: Making): Promise<Batch> {
    const { batches, items, sweep } = this.deps;
    batches.insert(batch);
    let lineCount = 0;
    for await (const lines of this.pagesOf(batch.listId, Math.ceil(CALLS_AT_ONCE / endpoints.length))) {
      if (signal?.aborted) {
        sweep.take({ id: batch.id, listId: null });
        throw new IpcFailure('refused', 'Préparation annulée\u00a0: rien n’a été appelé, et la liste est gardée. Vous pouvez lancer le lot de nouveau.');
      }
      const calls = lines.flatMap((line) => endpoints.flatMap((endpoint) => callOf(endpoint, line) ?? []));
      items.insertAll(batch.id, calls.map((call) => ({ ...call, kept: kept?.(call) })));
      lineCount += lines.length;
      onMade?.(lineCount);
    }
    batches.complete(batch.id, successorOf);
    const made = batches.find(batch.id);
    if (!made) throw new IpcFailure('internal', 'Le lot n’a pas pu être enregistré : recommencez ; si cela se reproduit, signalez-le depuis « Diagnostic ».');
    return made;
  }

  private async *pagesOf(listId: string, limit: number) {
    for (let after = -1; ; ) {
      const lines = this.deps.lists.linesAfter(listId, after, limit);
      if (lines.length === 0) return;
      yield lines;
      after = lines.at(-1)?.number ?? after;
      await nextTurn();
    }
  }
}

function assertEverOpen({ hours }: BatchSchedule, now: number): void {
  if (opensAt({ hours, maintenance: null }, now) === null) {
    throw new IpcFailure('invalid_input', 'Ces heures ne laissent aucun moment pour appeler : élargissez-les.', 'schedule');
  }
}

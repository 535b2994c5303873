import type { Agent } from '../../../shared/domain/agent';
import { type Batch, type BatchSpeed, type BatchWait, doneCount, type PauseReason, RETRYABLE_STATES } from '../../../shared/domain/batch';
import type { CallStop, CallStopPort } from '../../consultation/ports';
import { IpcFailure } from '../../ipc-failure';
import type { BatchChange, BatchStore } from '../batch-store';
import type { Batches, KeptAnswer } from '../batches';
import { mayRun } from './may-run';
import { recoverBatch, type RecoverDeps } from './recover';
import { Run, type RunDeps, type RunEnd } from './run';

export interface EngineDeps extends Omit<RunDeps, 'traceRepeat' | 'traceLastTries' | 'onProgress'>, Omit<RecoverDeps, 'now'> {
  readonly store: BatchStore;
  readonly feature: Batches;
  /** Why nothing may be called now; runs wait until it may. */
  readonly callStop: CallStopPort;
  /** Whose session is open or locked on this workstation. */
  readonly holderId: () => string | null;
  readonly dossierTitleOf: (dossierId: string) => string;
  readonly habilitationIdOf: (dossierId: string) => string;
  /** What the next run of a recurring one need not ask again. */
  readonly keptFor: (batch: Batch) => KeptAnswer;
  /** A run has moved; `waits`: what keeps its calls from leaving. */
  readonly onChange: (batch: Batch, waits: readonly BatchWait[]) => void;
  /** The runs that call now. */
  readonly onActivity: (running: readonly Batch[]) => void;
  readonly onEnd: (batch: Batch) => void;
}

const LOOK_EVERY_MS = 1_000;

/** Makes runs go: when they may, as long as they may, from where they were. */
export class BatchEngine {
  readonly #runs = new Map<string, Run>();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;
  #isMakingNext = false;

  constructor(private readonly deps: EngineDeps) {
    const { store } = deps;
    // A stop without warning leaves runs that nobody runs: they go on when their agent is back.
    for (const batch of store.live()) {
      if (batch.state === 'running') this.#pauseAs(batch.id, 'stopped', 'L’application s’est arrêtée pendant le lot : il reprend à votre prochaine session.');
    }
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** At once, whatever its hours; also what goes on after a pause. */
  async start(agent: Agent, batch: Batch): Promise<Batch> {
    if (batch.state === 'done' || batch.state === 'cancelled') {
      throw new IpcFailure('conflict', 'Ce lot est terminé : relancez ses échecs, ou faites-en un autre.');
    }
    if (batch.state === 'running') return batch;
    await this.#stop(batch.id);
    await this.#trace(agent, batch, `Lot « ${batch.title} » ${batch.startedAt === null ? 'lancé' : 'repris'}.`);
    return this.#launchForced(batch.id);
  }

  async pause(agent: Agent, batch: Batch): Promise<Batch> {
    if (batch.state !== 'running' && batch.state !== 'paused') throw new IpcFailure('conflict', 'Ce lot n’est pas en cours : voyez son état en haut de l’écran.');
    this.#pauseAs(batch.id, 'agent', 'Le lot attend que vous le repreniez.');
    await this.#stop(batch.id);
    await this.#trace(agent, batch, `Lot « ${batch.title} » mis en pause.`);
    return this.#read(batch.id);
  }

  /** What has not left is cancelled, what has ends; no further run recurs. */
  async cancel(agent: Agent, batch: Batch): Promise<Batch> {
    if (batch.state === 'cancelled') return batch;
    if (batch.state === 'done') return this.#change(batch.id, { nextRunAt: null });
    const endedAt = this.#now();
    this.#change(batch.id, { state: 'cancelled', nextRunAt: null, endedAt, pauseReason: null, pauseMessage: null, resumesAt: null });
    await this.#stop(batch.id);
    this.#recover(batch);
    this.deps.items.cancelWaiting(batch.id, endedAt);
    const after = this.#read(batch.id);
    await this.#trace(agent, batch, `Lot « ${batch.title} » annulé après ${doneCount(after.counts) - after.counts.cancelled} appels sur ${after.counts.total}.`);
    return after;
  }

  /** What keeps calls of a run under way from leaving. */
  waitsOf(id: string): readonly BatchWait[] {
    return this.#runs.get(id)?.waits ?? [];
  }

  setSpeed(batch: Batch, speed: BatchSpeed): Batch {
    this.#runs.get(batch.id)?.setSpeed(speed);
    return this.#change(batch.id, { speed });
  }

  async retryFailed(agent: Agent, batch: Batch): Promise<Batch> {
    if (batch.state !== 'done') throw new IpcFailure('conflict', 'Les échecs se relancent une fois le lot terminé : attendez sa fin.');
    await this.#trace(agent, batch, `Lot « ${batch.title} » : appels en échec relancés.`);
    this.deps.items.requeue(batch.id, RETRYABLE_STATES);
    this.#change(batch.id, { endedAt: null });
    return this.#launchForced(batch.id);
  }

  async forget(agent: Agent, batch: Batch): Promise<void> {
    await this.#trace(agent, batch, `Lot « ${batch.title} » supprimé ; ses réponses et documents restent dans le dossier.`);
    await this.#stop(batch.id);
    this.deps.feature.remove(batch);
  }

  /** Looks again at what may run: a session has changed, time has passed. */
  wake(): void {
    if (this.#isClosed) return;
    const holderId = this.deps.holderId();
    const stop = this.deps.callStop();
    for (const batch of this.deps.store.live()) this.#look(batch, holderId, stop);
    this.#makeNext(holderId).catch((error: unknown) => this.deps.logError('next batch', error));
  }

  /** Lets end what has left, then goes quiet: the next start takes it up where it was. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await Promise.all([...this.#runs.values()].map((run) => run.stop()));
    await this.deps.feature.close();
    for (const batch of this.deps.store.live()) {
      if (batch.state === 'running') this.#pauseAs(batch.id, 'stopped', 'L’application s’est fermée pendant le lot : il reprend à votre prochaine session.');
    }
  }

  #look(batch: Batch, holderId: string | null, stop: CallStop | null): void {
    const verdict = mayRun(batch, { holderId, now: this.deps.clock.now(), isForced: this.deps.store.isForced(batch.id), stop });
    if (verdict.kind === 'run') this.#launch(batch);
    if (verdict.kind !== 'wait' || verdict.reason === null) return;
    const { reason, message, resumesAt } = verdict;
    if (batch.pauseReason !== reason || batch.resumesAt !== resumesAt || batch.pauseMessage !== message) this.#pauseAs(batch.id, reason, message, resumesAt);
    void this.#stop(batch.id);
  }

  /** Recurring runs whose time has come, made in their owner's session. */
  async #makeNext(holderId: string | null): Promise<void> {
    if (this.#isMakingNext) return;
    this.#isMakingNext = true;
    try {
      for (const batch of this.deps.store.recurring()) {
        if (batch.agentId !== holderId || Date.parse(batch.nextRunAt ?? '') > this.deps.clock.now()) continue;
        this.#tellChange(await this.deps.feature.createNext(batch, this.deps.keptFor(batch)));
      }
    } finally {
      this.#isMakingNext = false;
    }
  }

  #launchForced(id: string): Batch {
    this.deps.store.force(id);
    this.#launch(this.#read(id));
    return this.#read(id);
  }

  /** Never beside a former run of the same batch: what that one still has under way would be taken for interrupted. */
  #launch(batch: Batch): void {
    if (this.#runs.has(batch.id)) return;
    this.#recover(batch);
    const startedAt = batch.startedAt ?? this.#now();
    const running = this.#change(batch.id, { state: 'running', pauseReason: null, pauseMessage: null, resumesAt: null, startedAt });
    const run = new Run(this.#runDeps, running);
    this.#runs.set(batch.id, run);
    this.#tellActivity();
    void run.ended.then((end) => this.#conclude(batch.id, end));
  }

  #conclude(id: string, end: RunEnd): void {
    this.#runs.delete(id);
    if (this.deps.store.find(id)?.state === 'running') {
      if (end.kind === 'done') this.#finish(id);
      if (end.kind === 'paused') {
        const resumesAt = end.seconds === null ? null : new Date(this.deps.clock.now() + end.seconds * 1_000).toISOString();
        this.#pauseAs(id, end.reason, end.message, resumesAt);
      }
    }
    this.#tellActivity();
    // What stopped the calls may be over by now, and says for itself whether it ends without anybody.
    if (end.kind === 'paused' && end.reason === 'blocked') this.wake();
  }

  #finish(id: string): void {
    const batch = this.#change(id, { state: 'done', endedAt: this.#now() });
    this.deps.onEnd(batch);
    const { answered, total } = batch.counts;
    this.#trace(ownerOf(batch), batch, `Lot « ${batch.title} » terminé : ${answered} réponses sur ${total} appels.`).catch((error: unknown) =>
      this.deps.logError('batch trace', error),
    );
  }

  get #runDeps(): RunDeps {
    return {
      ...this.deps,
      onProgress: ({ id }) => {
        const batch = this.deps.store.find(id);
        if (batch) this.#tellChange(batch);
        this.#tellActivity();
      },
      traceLastTries: (batch, count) =>
        this.#trace(ownerOf(batch), batch, `Lot « ${batch.title} » : ${count} ${count > 1 ? 'appels' : 'appel'} en échec passager, ${count > 1 ? 'redemandés' : 'redemandé'} une fois.`),
      traceRepeat: (batch, { lineNumber, endpointId, identifier, note }) => {
        return this.#trace(ownerOf(batch), batch, `Lot « ${batch.title} », ligne ${lineNumber} : appel répété à ${endpointId} pour ${identifier}. ${note ?? ''}`.trim());
      },
    };
  }

  #tellActivity(): void {
    this.deps.onActivity([...this.#runs.keys()].flatMap((id) => this.deps.store.find(id) ?? []));
  }

  #pauseAs(id: string, reason: PauseReason, message: string | null, resumesAt: string | null = null): void {
    this.#change(id, { state: 'paused', pauseReason: reason, pauseMessage: message, resumesAt });
  }

  #change(id: string, changes: BatchChange): Batch {
    this.deps.store.change(id, changes);
    const batch = this.#read(id);
    this.#tellChange(batch);
    return batch;
  }

  #tellChange(batch: Batch): void {
    this.deps.onChange(batch, this.waitsOf(batch.id));
  }

  #read(id: string): Batch {
    const batch = this.deps.store.find(id);
    if (!batch) throw new IpcFailure('not_found', 'Ce lot n’existe plus : revenez à la liste des lots.');
    return batch;
  }

  #recover(batch: Batch): void {
    recoverBatch({ ...this.deps, now: () => this.#now() }, batch);
  }

  async #stop(id: string): Promise<void> {
    await this.#runs.get(id)?.stop();
  }

  #trace(agent: Pick<Agent, 'id' | 'displayName'>, { dossierId }: Batch, detail: string): Promise<void> {
    const { dossierTitleOf, habilitationIdOf, feature } = this.deps;
    return feature.trace(agent, { id: dossierId, title: dossierTitleOf(dossierId), habilitationId: habilitationIdOf(dossierId) }, detail);
  }

  #now(): string {
    return new Date(this.deps.clock.now()).toISOString();
  }
}

/** Calls, and what the journal says of the run itself, are in the name of whoever made it. */
function ownerOf({ agentId, agentName }: Batch): Pick<Agent, 'id' | 'displayName'> {
  return { id: agentId, displayName: agentName };
}

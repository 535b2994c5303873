import { randomUUID } from 'node:crypto';

import { findEndpoint } from '../../../shared/catalogue';
import type { ApiError } from '../../../shared/domain/api-error';
import type { Batch, BatchItem, BatchSpeed, BatchWait, PauseReason } from '../../../shared/domain/batch';
import { errorOf } from '../../../shared/errors';
import type { CallingAgent } from '../../consultation/ports';
import type { Clock } from '../../storage/clock';
import type { ItemStore, RunItem, Settlement } from '../item-store';
import { type Called, callItem, type CallItemDeps, type ItemCall } from './call-item';
import { repeated } from './interrupted';
import { Lane, type RestCause, waitsOf } from './lane';
import { spaced } from '../spaced';
import { Pace } from './pace';
import { Settler } from './settler';
import { verdictOf } from './verdict';

export interface RunDeps extends CallItemDeps {
  readonly items: ItemStore;
  readonly clock: Clock;
  /** The journal's last row. */
  readonly journalHead: () => { readonly seq: number; readonly hash: string };
  readonly flushAnswers: () => void;
  /** Traces that a call is about to be repeated; rejects when it cannot be, and then nothing leaves. */
  readonly traceRepeat: (batch: Batch, item: BatchItem) => Promise<void>;
  /** Traces that so many failures are about to be called once more; rejects when it cannot be, and then nothing leaves. */
  readonly traceLastTries: (batch: Batch, count: number) => Promise<void>;
  readonly limitOf: (batch: Batch, pool: string) => number;
  readonly windowMs: number;
  /** Tells at each change to which providers nothing is sent; returns what stops it. */
  readonly watchProviders: (listener: (down: ReadonlySet<string>) => void) => () => void;
  readonly onProgress: (batch: Batch) => void;
}

export type RunEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly message: string; readonly seconds: number | null };

/** At 5 s an answer they still spend the largest window of a minute; more would only wait with their trace open. */
const FLIGHTS_PER_POOL = 32;
/** Progress is read from the database: not at each group of calls. */
const PROGRESS_EVERY_MS = 250;
/** Before the failure's own words. */
const LAST_TRY_NOTE = 'Redemandé une fois à la fin du lot, après un premier échec\u00a0: ';
/** Claims are written by groups of this share of the flights. */
const CLAIM_SHARE = 1 / 4;

/** One batch under way: keeps each endpoint's calls coming, as many at once as its pool can spend. */
export class Run {
  readonly ended: Promise<RunEnd>;
  readonly #lanes: readonly Lane[];
  readonly #calls = new Set<ItemCall>();
  readonly #settler: Settler;
  readonly #pace: Pace;
  readonly #tellProgress: () => void;
  readonly #reopening = new Set<Lane>();
  #speed: BatchSpeed;
  #stop: Exclude<RunEnd, { kind: 'done' }> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isPumpPlanned = false;
  #hasEnded = false;
  #isTracingLastTries = false;
  #end: (end: RunEnd) => void = () => undefined;

  constructor(
    private readonly deps: RunDeps,
    readonly batch: Batch,
  ) {
    this.#speed = batch.speed;
    this.#lanes = batch.choice.endpointIds.flatMap((id) => findEndpoint(id) ?? []).map((endpoint) => new Lane(endpoint));
    this.#openLanesWithCalls();
    this.#pace = new Pace(deps.windowMs);
    this.#tellProgress = spaced(() => deps.clock.monotonic(), () => deps.onProgress(batch), PROGRESS_EVERY_MS);
    this.#settler = new Settler({
      flushAnswers: deps.flushAnswers,
      settleAll: (settlements) => deps.items.settleAll(settlements),
      onSettled: () => this.#settled(),
      logError: deps.logError,
    });
    this.ended = new Promise((resolve) => (this.#end = resolve));
    const unwatch = deps.watchProviders((down) => this.#noteProviders(down));
    void this.ended.then(unwatch);
    this.#pumpSoon();
  }

  /** Resolves once what had left has come back and everything is written. */
  stop(): Promise<RunEnd> {
    this.#stopWith({ kind: 'stopped' });
    return this.ended;
  }

  /** What has calls left and may not make them now. */
  get waits(): readonly BatchWait[] {
    return waitsOf(this.#lanes.filter(({ isDrained }) => !isDrained), this.deps.clock.now());
  }

  setSpeed(speed: BatchSpeed): void {
    this.#speed = speed;
    this.#pumpSoon();
  }

  /** A provider that is back is called at once, however long it was to be left in peace. */
  #noteProviders(down: ReadonlySet<string>): void {
    const now = this.deps.clock.now();
    const back = this.#lanes.filter(({ endpoint }) => !down.has(endpoint.provider)).map((lane) => lane.noteProviderBack(now));
    if (back.includes(true)) this.#pumpSoon();
  }

  #stopWith(stop: Exclude<RunEnd, { kind: 'done' }>): void {
    if (this.#stop) return;
    this.#stop = stop;
    for (const call of this.#calls) call.stop();
    this.#pumpSoon();
  }

  #pumpSoon(): void {
    if (this.#isPumpPlanned || this.#hasEnded) return;
    this.#isPumpPlanned = true;
    setImmediate(() => {
      this.#isPumpPlanned = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (!this.#stop) for (const lane of this.#lanes) this.#fill(lane);
    this.#setTimer();
    if (this.#calls.size > 0 || this.#hasEnded) return;
    if (!this.#settler.isIdle) return this.#settler.flush();
    const isOver = this.#lanes.every(({ isDrained }) => isDrained);
    if (!this.#stop && (!isOver || this.#callsDueAgain())) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#end(this.#stop ?? { kind: 'done' });
  }

  /** Whether failures that may pass are called once more before the run ends; the journal is told first. */
  #callsDueAgain(): boolean {
    const { items, traceLastTries } = this.deps;
    const count = items.dueAgain(this.batch.id);
    if (count === 0 || this.#isTracingLastTries) return count > 0;
    this.#isTracingLastTries = true;
    traceLastTries(this.batch, count).then(
      () => {
        this.#isTracingLastTries = false;
        if (this.#hasEnded) return;
        items.callDueAgain(this.batch.id, LAST_TRY_NOTE);
        this.#openLanesWithCalls();
        this.#pumpSoon();
      },
      () => this.#stopWith({ kind: 'paused', reason: 'journal', message: sentenceOf(errorOf('journal')), seconds: null }),
    );
    return true;
  }

  /** One without a call is not waited for, whatever its provider's maintenance. */
  #openLanesWithCalls(): void {
    const left = new Set(this.deps.items.remaining(this.batch.id).map(({ endpointId }) => endpointId));
    for (const lane of this.#lanes) if (left.has(lane.endpoint.id)) lane.reopen();
  }

  /** Claims what may leave now, on disk first. */
  #fill(lane: Lane): void {
    const now = this.deps.clock.now();
    if (lane.isDrained || lane.waitAt(now) !== null) return;
    const { pool } = lane.endpoint;
    const limit = this.deps.limitOf(this.batch, pool);
    const most = Math.ceil(Math.min(FLIGHTS_PER_POOL, limit) / this.#openLanes(pool));
    const free = Math.min(most - lane.inFlight, this.#pace.room(pool, limit, this.#speed, now));
    if (free <= 0 || (free < most * CLAIM_SHARE && lane.inFlight > 0)) return;
    const picked = this.deps.items.waiting(this.batch.id, lane.endpoint.id, free);
    if (picked.length < free) lane.isDrained = true;
    if (picked.length === 0) return;
    const claims = picked.map((item) => ({ ...item, consultationId: item.consultationId ?? randomUUID() }));
    this.deps.items.claimAll(claims, this.deps.journalHead());
    this.#pace.note(pool, claims.length, now);
    for (const item of claims) this.#launch(lane, item);
  }

  #openLanes(pool: string): number {
    return Math.max(1, this.#lanes.filter(({ endpoint, isDrained }) => endpoint.pool === pool && !isDrained).length);
  }

  #launch(lane: Lane, item: RunItem & { readonly consultationId: string }): void {
    const agent: CallingAgent = { id: this.batch.agentId, displayName: this.batch.agentName };
    const begin = (): ItemCall => callItem(this.deps, this.batch, item, agent);
    const call = item.repeats === 0 ? begin() : afterTrace(this.deps.traceRepeat(this.batch, item), begin);
    lane.inFlight += 1;
    this.#calls.add(call);
    void call.ended.then((called) => {
      lane.inFlight -= 1;
      this.#calls.delete(call);
      this.#conclude(lane, item, called);
      this.#pumpSoon();
    });
  }

  #conclude(lane: Lane, item: RunItem, called: Called): void {
    const settle = (settlement: Omit<Settlement, 'id' | 'settledAt'>): void => {
      const isBack = settlement.state === 'waiting';
      if (isBack) this.#reopening.add(lane);
      this.#settler.add({ ...settlement, id: item.id, settledAt: isBack ? null : new Date(this.deps.clock.now()).toISOString() });
    };
    if (called.kind === 'cut') return settle({ state: 'waiting' });
    if (called.kind === 'answered') {
      lane.noteOther();
      const { documentCount, missingDocuments } = called;
      return settle({ state: 'answered', documentCount, missingDocuments });
    }
    this.#concludeFailure(lane, item, called, settle);
  }

  #concludeFailure(
    lane: Lane,
    { repeats }: RunItem,
    { error, wasSent }: Extract<Called, { kind: 'failed' }>,
    settle: (settlement: Omit<Settlement, 'id' | 'settledAt'>) => void,
  ): void {
    const verdict = verdictOf(error, wasSent);
    const againInSeconds = verdict.kind === 'settle' && verdict.state === 'failed' ? verdict.againInSeconds : null;
    if (againInSeconds !== null) lane.noteAgainAt(this.deps.clock.now() + againInSeconds * 1_000);
    if (verdict.kind === 'unknown') settle(repeated(repeats, `${error.message} L’issue de l’appel est inconnue`));
    else if (verdict.kind === 'settle') settle({ state: verdict.state, error: keptPart(error), isDueAgain: againInSeconds !== null });
    else settle({ state: 'waiting' });
    if (verdict.kind === 'rest') lane.rest(this.deps.clock.now() + verdict.seconds * 1_000, restCauses[error.kind] ?? 'again');
    const pause = verdict.kind === 'pause' ? verdict : verdict.kind === 'unknown' ? verdict.pause : null;
    if (pause) this.#stopWith({ kind: 'paused', reason: pause.reason, message: sentenceOf(error), seconds: pause.seconds });
    if (verdict.kind !== 'settle') return;
    if (verdict.state !== 'refused') lane.noteOther();
    else if (lane.noteRefusal()) this.#stopWith({ kind: 'paused', reason: 'refused', message: sentenceOf(error), seconds: null });
  }

  #settled(): void {
    for (const lane of this.#reopening) lane.isDrained = false;
    this.#reopening.clear();
    this.#tellProgress();
    this.#pumpSoon();
  }

  /** Wakes when an endpoint's rest, a maintenance or the share of the window ends. */
  #setTimer(): void {
    clearTimeout(this.#timer);
    const now = this.deps.clock.now();
    const moments = this.#lanes
      .filter(({ isDrained }) => !isDrained)
      .map((lane) => lane.waitAt(now)?.until ?? this.#pace.opensAt(lane.endpoint.pool, this.deps.limitOf(this.batch, lane.endpoint.pool), this.#speed, now))
      .filter((at) => at !== null);
    if (moments.length === 0 || this.#stop) return;
    if (this.#calls.size === 0) this.#tellProgress();
    this.#timer = setTimeout(() => this.#pumpSoon(), Math.min(LONGEST_SLEEP_MS, Math.max(1, Math.min(...moments) - now)));
  }
}

const restCauses: Readonly<Partial<Record<ApiError['kind'], RestCause>>> = { quota: 'quota', provider_down: 'provider' };

/** Looked at again at least so often: a machine that slept has late timers. */
const LONGEST_SLEEP_MS = 60_000;

/** A repetition is traced before it leaves; without its trace it does not. */
function afterTrace(traced: Promise<void>, begin: () => ItemCall): ItemCall {
  let call: ItemCall | null = null;
  let isStopped = false;
  const ended = traced.then(
    () => {
      if (isStopped) return { kind: 'cut' } as const;
      call = begin();
      return call.ended;
    },
    () => ({ kind: 'failed', error: errorOf('journal'), wasSent: false }) as const,
  );
  return {
    ended,
    stop: () => {
      isStopped = true;
      call?.stop();
    },
  };
}

function keptPart({ kind, message, advice, status, code }: ApiError): BatchItem['error'] {
  return { kind, message, advice, status, code };
}

function sentenceOf({ message, advice }: ApiError): string {
  return `${message} ${advice}`;
}

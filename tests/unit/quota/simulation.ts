import type { CallPriority, QuotaClaim, QuotaPermit } from '../../../electron/consultation/ports';
import type { Scheduler, Timer } from '../../../electron/quota/scheduler';

/** Discrete events: time jumps from one alarm to the next. */
export class SimulatedScheduler implements Scheduler {
  #now: number;
  #events: { at: number; run: () => void }[] = [];

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  setTimer(at: number, run: () => void): Timer {
    const event = { at: Math.max(at, this.#now), run };
    const place = this.#events.findIndex((other) => other.at > event.at);
    this.#events.splice(place === -1 ? this.#events.length : place, 0, event);
    return event;
  }

  clearTimer(timer: Timer): void {
    const place = this.#events.indexOf(timer as { at: number; run: () => void });
    if (place !== -1) this.#events.splice(place, 1);
  }

  /** Runs until nothing is left to do or the time is over. */
  async runUntil(end: number): Promise<void> {
    await settlePromises();
    for (let event = this.#events[0]; event && event.at <= end; event = this.#events[0]) {
      this.#events.shift();
      this.#now = event.at;
      event.run();
      await settlePromises();
    }
    this.#now = Math.max(this.#now, end);
  }
}

/** Lets every chain of promises that is ready run to its end. */
async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
}

/** The service: clock-aligned windows, its own clock, colleagues on the same token. */
export class ServerModel {
  limit: number;
  refused = 0;
  windowIndex = NaN;
  /** True time of each unit a colleague took. */
  colleagueAt: number[] = [];
  /** Units taken in each window: one that a clock set back comes back to remembers them. */
  readonly #counts = new Map<number, number>();

  constructor(
    readonly scheduler: SimulatedScheduler,
    readonly options: { limit: number; windowMs: number; clockErrorMs: number },
  ) {
    this.limit = options.limit;
  }

  serverNow(): number {
    return this.scheduler.now() + this.options.clockErrorMs;
  }

  takeAsColleague(): void {
    if (this.#take()) this.colleagueAt.push(this.scheduler.now());
  }

  /** Cut to the second, as HTTP wants it. */
  dateHeader(): string {
    return new Date(Math.floor(this.serverNow() / 1_000) * 1_000).toUTCString();
  }

  /** One call arrives: its status and headers. */
  answer(): { status: number; headers: Record<string, string> } {
    const accepted = this.#take();
    const reset = (this.windowIndex + 1) * this.options.windowMs;
    const headers: Record<string, string> = {
      'ratelimit-limit': String(this.limit),
      'ratelimit-remaining': String(Math.max(0, this.limit - (this.#counts.get(this.windowIndex) ?? 0))),
      'ratelimit-reset': String(reset / 1_000),
      date: this.dateHeader(),
    };
    if (accepted) return { status: 200, headers };
    this.refused += 1;
    return { status: 429, headers: { ...headers, 'retry-after': String(Math.ceil((reset - this.serverNow()) / 1_000)) } };
  }

  #take(): boolean {
    this.windowIndex = Math.floor(this.serverNow() / this.options.windowMs);
    const count = this.#counts.get(this.windowIndex) ?? 0;
    if (count >= this.limit) return false;
    this.#counts.set(this.windowIndex, count + 1);
    return true;
  }
}

export function claimOf(priority: CallPriority, overrides: Partial<QuotaClaim> = {}): QuotaClaim {
  return { environment: 'sandbox', habilitationId: 'hab-1', tokenKey: 'tok-1', pool: 'data', provider: 'insee', priority, ...overrides };
}

export interface Sent {
  readonly priority: CallPriority;
  readonly askedAt: number;
  readonly sentAt: number;
  arrivedAt: number;
  refused: boolean;
  done: boolean;
  readonly answersKnown: number;
}

/** A permit taken outside of a simulation. */
export function okAnswer(headers: Record<string, string> = {}): Parameters<QuotaPermit['settle']>[0] {
  return { status: 200, headers, errorCode: null, retryInSeconds: null };
}

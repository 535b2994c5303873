import type { QuotaClaim, QuotaPermit, QuotaPort, QuotaWait } from '../consultation/ports';
import { BanGuard } from './ban-guard';
import { CallOutcomes } from './call-outcomes';
import { ClockCalibration, type ReadServerDate } from './clock-calibration';
import { IP_BUDGET_PER_WINDOW, IpBudget } from './ip-budget';
import { type Lifetime, lifetimeOf } from './lifetime';
import { PingWatch, type ReadPing } from './ping-watch';
import type { Pool } from './pool';
import type { Waiter } from './pool-queue';
import { Pools } from './pools';
import { Providers } from './providers';
import { memoryQuotaStore, type QuotaStore } from './quota-store';
import { banned, cancelled, closing, providerDown, tokenStopped } from './refusals';
import type { Scheduler, Timer } from './scheduler';
import { ownIpWindow, type SharedIpWindow } from './shared-ip-window';
import { TokenStops } from './token-stops';
import { WaitBoard } from './wait-board';

export interface QuotaEngineOptions {
  readonly scheduler: Scheduler;
  /** Length of the service's windows; only the sandbox shortens it. */
  readonly windowMs?: number;
  readonly store?: QuotaStore;
  readonly ipWindow?: SharedIpWindow;
  /** Whether another host answers: tells a ban from a cut network. */
  readonly isOtherHostReachable?: (environment: string) => Promise<boolean>;
  /** One light call to `/ping` of the environment: true when the service answers. */
  readonly probe?: (environment: string) => Promise<boolean>;
  /** Reads the service's clock by a free call, so that windows open on time. */
  readonly readServerDate?: ReadServerDate;
  /** Asks one free `/ping/<provider>/<resource>`. */
  readonly readPing?: ReadPing;
  /** Whether somebody is at the screen; a recent interactive call tells it too. */
  readonly agentIsPresent?: () => boolean;
}

const PRESENCE_WINDOWS = 5;
/**
 * Gives each call its turn so that no counter of the service is ever overrun. All state changes end
 * in {@link QuotaEngine.pump}, which lets go whoever may go and sets the next alarm.
 */
export class QuotaEngine implements QuotaPort {
  readonly windowMs: number;
  readonly #options: QuotaEngineOptions;
  readonly #lifetime: Lifetime;
  /** Alarms that the close stops. */
  readonly scheduler: Scheduler;
  readonly #ipBudget: IpBudget;
  readonly pools: Pools;
  readonly #tokenStops: TokenStops;
  readonly #outcomes: CallOutcomes;
  readonly #listeners = new Set<() => void>();
  readonly #waits: WaitBoard;
  readonly #calibration: ClockCalibration;
  readonly #pings: PingWatch;
  readonly providers: Providers;
  readonly bans: BanGuard;
  #lastInteractiveAt = -Infinity;
  #seq = 0;
  #alarm: Timer | null = null;
  #isPumpPlanned = false;

  constructor(options: QuotaEngineOptions) {
    this.#options = options;
    this.#lifetime = lifetimeOf(options.scheduler, options.store ?? memoryQuotaStore());
    const { scheduler, store } = this.#lifetime;
    this.scheduler = scheduler;
    this.windowMs = options.windowMs ?? 60_000;
    this.pools = new Pools(store, this.windowMs);
    this.#ipBudget = new IpBudget(options.ipWindow ?? ownIpWindow(IP_BUDGET_PER_WINDOW));
    this.#waits = new WaitBoard(scheduler);
    this.#tokenStops = new TokenStops(store, scheduler);
    this.providers = new Providers(store, scheduler);
    this.#calibration = new ClockCalibration({ ...options, scheduler, onRead: () => this.pump() });
    this.bans = new BanGuard({ ...options, scheduler, store, onChange: (environment) => this.#banChanged(environment) });
    this.#pings = new PingWatch({ ...options, scheduler, providers: this.providers, bans: this.bans, onRead: () => this.pump() });
    const { pools, providers, bans } = this;
    this.#outcomes = new CallOutcomes({ scheduler, pools, providers, bans, tokenStops: this.#tokenStops, onSettled: () => this.#pumpSoon() });
    // Breakers of a former run are looked after without waiting for a call.
    scheduler.setTimer(scheduler.now(), () => this.pump());
  }

  acquire(
    claim: QuotaClaim,
    { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: (wait: QuotaWait) => void },
  ): Promise<QuotaPermit> {
    return new Promise((resolve, reject) => {
      const now = this.scheduler.now();
      if (signal.aborted) return reject(cancelled());
      if (this.#lifetime.isOver) return reject(closing());
      if (claim.priority === 'interactive') this.#lastInteractiveAt = now;
      const seq = this.#outcomes.turnOf(claim) ?? (this.#seq += 1);
      const waiter: Waiter = {
        claim,
        seq,
        enqueuedAt: now,
        onWait,
        shown: null,
        resolve: (permit) => {
          signal.removeEventListener('abort', abort);
          resolve(permit);
        },
        reject: (error) => {
          signal.removeEventListener('abort', abort);
          reject(error);
        },
      };
      const pool = this.pools.of(claim, now);
      const abort = (): void => {
        if (pool.queue.remove(waiter)) waiter.reject(cancelled());
        this.#pumpSoon();
      };
      signal.addEventListener('abort', abort, { once: true });
      pool.queue.add(waiter);
      this.#pumpSoon();
    });
  }

  tokenStoppedUntil(claim: QuotaClaim): number | null {
    return this.#tokenStops.until(claim);
  }

  agentIsPresent(): boolean {
    const recently = this.scheduler.now() - this.#lastInteractiveAt <= PRESENCE_WINDOWS * this.windowMs;
    return recently || (this.#options.agentIsPresent?.() ?? false);
  }

  /** Called after any change of state; the listener throttles. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For good: windows are written down as they are, whoever waits is refused, and what comes back late changes nothing. */
  close(): void {
    if (this.#lifetime.isOver) return;
    try {
      for (const pool of this.pools) pool.save(this.scheduler.now());
    } finally {
      this.#lifetime.end();
      for (const { queue } of this.pools) {
        for (const waiter of [...queue.inOrder()]) if (queue.remove(waiter)) waiter.reject(closing());
      }
    }
  }

  /** Once for all that changes together: a thousand calls asked at once, a refused call that asks again. */
  #pumpSoon(): void {
    if (this.#isPumpPlanned) return;
    this.#isPumpPlanned = true;
    queueMicrotask(() => {
      this.#isPumpPlanned = false;
      this.pump();
    });
  }

  /** Lets go whoever may go, tells the others where they stand, sets the alarm of the next change. */
  pump(): void {
    if (this.#lifetime.isOver) return;
    const now = this.scheduler.now();
    for (const pool of this.pools) {
      pool.counter.advance(now);
      this.#refuseHopeless(pool, now);
    }
    for (let next = this.#next(now); next; next = this.#next(now)) this.#letGo(next.pool, next.waiter, now);
    this.#waits.update(this.pools, (pool) => this.#reasonOf(pool, now));
    this.#askAround(now);
    this.#setAlarm(now);
    for (const listener of this.#listeners) listener();
  }

  /** Free questions that waiting calls are worth: the service's time, the health of their providers. */
  #askAround(now: number): void {
    for (const { claim, counter, queue } of this.pools) {
      if (queue.length === 0) continue;
      const opensAt = counter.opensAt(now);
      if (opensAt > now && counter.remaining() === 0) this.#calibration.improve(claim.environment, this.pools.clockOf(claim.environment), opensAt);
    }
    this.#pings.update(this.pools);
  }

  #refuseHopeless(pool: Pool, now: number): void {
    if (pool.queue.length === 0) return;
    const ban = this.bans.current(pool.claim.environment);
    const stop = this.tokenStoppedUntil(pool.claim);
    if (!ban && stop === null && this.providers.open().length === 0) return;
    for (const waiter of [...pool.queue.inOrder()]) {
      const refusal = ban ? banned(ban.until, now) : stop !== null ? tokenStopped(stop, now) : this.#providerRefusal(waiter, now);
      if (refusal && pool.queue.remove(waiter)) waiter.reject(refusal);
    }
  }

  #providerRefusal({ claim: { environment, provider, priority } }: Waiter, now: number): Error | null {
    const breaker = this.providers.breaker(environment, provider);
    if (breaker.passage(priority === 'interactive', now) !== 'refuse') return null;
    return providerDown(provider, breaker.state.reason, breaker.openUntil ?? now, now);
  }

  /** The screen passes before batches across pools too: they share the address's window. */
  #next(now: number): { pool: Pool; waiter: Waiter } | undefined {
    let best: { pool: Pool; waiter: Waiter } | undefined;
    const agentIsPresent = this.agentIsPresent();
    for (const pool of this.pools) {
      const waiter = pool.next((candidate) => this.#providerLets(candidate, now), agentIsPresent, now);
      if (waiter && (!best || goesBefore(waiter, best.waiter))) best = { pool, waiter };
    }
    return best && this.#takeIpUnit(best.waiter.claim.environment, now) ? best : undefined;
  }

  #providerLets({ claim: { environment, provider, priority } }: Waiter, now: number): boolean {
    return this.providers.breaker(environment, provider).passage(priority === 'interactive', now) === 'pass';
  }

  #takeIpUnit(environment: string, now: number): boolean {
    const clock = this.pools.clockOf(environment);
    const windowIndex = Math.floor((clock.isKnown ? clock.earliest(now) : now) / this.windowMs);
    return this.#ipBudget.takeOne(environment, windowIndex, this.pools.inFlight(environment));
  }

  #letGo(pool: Pool, waiter: Waiter, now: number): void {
    pool.queue.take(waiter);
    const breaker = this.providers.breaker(waiter.claim.environment, waiter.claim.provider);
    breaker.depart();
    const flight = pool.depart(now);
    waiter.resolve(this.#outcomes.permit(pool, waiter, flight));
  }

  #banChanged(environment: string): void {
    for (const pool of this.pools) if (pool.claim.environment === environment) pool.save(this.scheduler.now());
    this.pump();
  }

  #setAlarm(now: number): void {
    if (this.#alarm !== null) this.scheduler.clearTimer(this.#alarm);
    this.#alarm = null;
    let next = Infinity;
    for (const pool of this.pools) {
      if (pool.queue.length === 0) continue;
      // The address's window may open at another moment than the pool's: look again within a second.
      next = Math.min(next, pool.nextChangeAt(now) ?? Infinity, now + Math.min(1_000, this.windowMs / 4));
    }
    if (next !== Infinity) this.#alarm = this.scheduler.setTimer(next, () => this.pump());
  }

  #reasonOf(pool: Pool, now: number): string {
    if (now < pool.counter.stoppedUntil) return 'Le service demande d’attendre : les appels reprennent à l’ouverture de la prochaine minute.';
    if (pool.counter.remaining() === 0) return 'Quota de la minute épuisé : les appels reprennent à la prochaine minute.';
    return 'En attente des réponses en cours.';
  }
}

function goesBefore(one: Waiter, other: Waiter): boolean {
  if (one.claim.priority !== other.claim.priority) return one.claim.priority === 'interactive';
  return one.seq < other.seq;
}

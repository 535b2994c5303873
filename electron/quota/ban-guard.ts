import { type BanState, BanWatch } from './ban-watch';
import type { QuotaStore } from './quota-store';
import type { Scheduler, Timer } from './scheduler';

export interface BanGuardOptions {
  readonly scheduler: Scheduler;
  readonly store: QuotaStore;
  readonly isOtherHostReachable?: (environment: string) => Promise<boolean>;
  readonly probe?: (environment: string) => Promise<boolean>;
  readonly onChange: (environment: string) => void;
}

/**
 * One watch per environment: declares a probable ban once another host answers, probes rarely, and lifts
 * it by itself. Bans of a former run are watched from the start.
 */
export class BanGuard {
  readonly #watches = new Map<string, BanWatch>();
  readonly #asking = new Set<string>();
  readonly #timers = new Map<string, Timer>();
  readonly #options: BanGuardOptions;

  constructor(options: BanGuardOptions) {
    this.#options = options;
    for (const environment of options.store.keys('ban')) this.#watchOf(environment);
  }

  current(environment: string): BanState | null {
    return this.#watchOf(environment).ban;
  }

  answered(environment: string): void {
    const watch = this.#watchOf(environment);
    if (!watch.ban) watch.answered();
    else this.#lift(environment, watch);
  }

  silent(environment: string, provider: string, connected: boolean): void {
    const watch = this.#watchOf(environment);
    if (watch.ban || !watch.silent(provider, connected) || this.#asking.has(environment)) return;
    this.#asking.add(environment);
    void this.#confirm(environment, watch);
  }

  async #confirm(environment: string, watch: BanWatch): Promise<void> {
    const reachable = await answer(this.#options.isOtherHostReachable?.(environment));
    this.#asking.delete(environment);
    if (!reachable || watch.ban) return;
    watch.declare(this.#options.scheduler.now());
    this.#changed(environment, watch);
  }

  /** At the end of the 12 hours calls are tried again, whatever the probes said. */
  async #lookAgain(environment: string, watch: BanWatch): Promise<void> {
    const { scheduler, probe } = this.#options;
    const ban = watch.ban;
    const isOver = ban !== null && (scheduler.now() >= ban.until || (await answer(probe?.(environment))));
    // Another answer may have lifted it meanwhile.
    if (ban === null || watch.ban !== ban) return;
    if (isOver) return this.#lift(environment, watch);
    watch.probeFailed(scheduler.now());
    this.#changed(environment, watch);
  }

  #lift(environment: string, watch: BanWatch): void {
    watch.lift();
    this.#changed(environment, watch);
  }

  #changed(environment: string, watch: BanWatch): void {
    this.#options.store.save('ban', environment, watch.ban);
    this.#plan(environment, watch);
    this.#options.onChange(environment);
  }

  #plan(environment: string, watch: BanWatch): void {
    const { scheduler } = this.#options;
    const planned = this.#timers.get(environment);
    if (planned !== undefined) scheduler.clearTimer(planned);
    this.#timers.delete(environment);
    if (!watch.ban) return;
    const at = Math.min(watch.ban.nextProbeAt, watch.ban.until);
    this.#timers.set(environment, scheduler.setTimer(at, () => void this.#lookAgain(environment, watch)));
  }

  #watchOf(environment: string): BanWatch {
    let watch = this.#watches.get(environment);
    if (!watch) {
      const { store, scheduler } = this.#options;
      watch = new BanWatch(store.load('ban', environment) ?? null, scheduler.now());
      this.#watches.set(environment, watch);
      this.#plan(environment, watch);
    }
    return watch;
  }
}

/** A probe that breaks is a probe without an answer. */
async function answer(probe: Promise<boolean> | undefined): Promise<boolean> {
  try {
    return (await probe) ?? false;
  } catch {
    return false;
  }
}

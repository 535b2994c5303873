import { type BanState, BanWatch } from './ban-watch';
import type { QuotaStore } from './quota-store';
import type { Scheduler } from './scheduler';

export interface BanGuardOptions {
  readonly scheduler: Scheduler;
  readonly store: QuotaStore;
  readonly isOtherHostReachable?: (environment: string) => Promise<boolean>;
  readonly probe?: (environment: string) => Promise<boolean>;
  readonly onChange: (environment: string) => void;
}

/** Declares a probable ban once another host answers, probes rarely, and lifts it by itself. */
export class BanGuard {
  readonly #watches = new Map<string, BanWatch>();
  readonly #asking = new Set<string>();
  readonly #options: BanGuardOptions;

  constructor(options: BanGuardOptions) {
    this.#options = options;
  }

  current(environment: string): BanState | null {
    return this.#watchOf(environment).ban;
  }

  all(): readonly BanState[] {
    return [...this.#watches.values()].map(({ ban }) => ban).filter((ban) => ban !== null);
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
    this.#planProbe(environment, watch);
  }

  #planProbe(environment: string, watch: BanWatch): void {
    if (watch.ban) this.#options.scheduler.setTimer(watch.ban.nextProbeAt, () => void this.#probe(environment, watch));
  }

  async #probe(environment: string, watch: BanWatch): Promise<void> {
    if (!watch.ban) return;
    if (await answer(this.#options.probe?.(environment))) {
      this.#lift(environment, watch);
      return;
    }
    watch.probeFailed(this.#options.scheduler.now());
    this.#changed(environment, watch);
    this.#planProbe(environment, watch);
  }

  #lift(environment: string, watch: BanWatch): void {
    watch.lift();
    this.#changed(environment, watch);
  }

  #changed(environment: string, watch: BanWatch): void {
    this.#options.store.save('ban', environment, watch.ban);
    this.#options.onChange(environment);
  }

  #watchOf(environment: string): BanWatch {
    let watch = this.#watches.get(environment);
    if (!watch) {
      watch = new BanWatch(this.#options.store.load('ban', environment) ?? null);
      this.#watches.set(environment, watch);
      this.#planProbe(environment, watch);
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

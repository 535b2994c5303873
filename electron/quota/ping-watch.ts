import { endpoints } from '../../shared/catalogue';
import type { BanGuard } from './ban-guard';
import type { Pool } from './pool';
import type { PingStatus, Providers } from './providers';
import type { Scheduler } from './scheduler';

/** Asks one ping route, e.g. `/ping/insee/sirene`; `unknown` when it does not tell. */
export type ReadPing = (environment: string, route: string) => Promise<PingStatus>;

/** Pings are free, and still somebody's work. */
const EVERY_MS = 2 * 60_000;
/** A call that waits this long is worth a question about its provider. */
const WORTH_ASKING_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 1_000;

export interface PingWatchOptions {
  readonly scheduler: Scheduler;
  readonly providers: Providers;
  /** A banned environment hears the rare probes of the ban only. */
  readonly bans: Pick<BanGuard, 'current'>;
  readonly readPing?: ReadPing;
  readonly onRead: () => void;
}

interface Concern {
  readonly environment: string;
  readonly provider: string;
}

/** Follows the health of the providers that are down or waited for, through the free pings (API Entreprise docs, supervision). */
export class PingWatch {
  readonly #askedAt = new Map<string, number>();
  readonly #options: PingWatchOptions;
  #lookedAt = -Infinity;

  constructor(options: PingWatchOptions) {
    this.#options = options;
  }

  update(pools: Iterable<Pool>): void {
    const { scheduler, providers, bans, readPing } = this.#options;
    if (!readPing) return;
    const now = scheduler.now();
    for (const concern of [...providers.open(), ...this.#waitedFor(pools, now)]) {
      const key = `${concern.environment} ${concern.provider}`;
      const routes = pingRoutesOf(concern.provider);
      if (routes.length === 0 || bans.current(concern.environment) || now - (this.#askedAt.get(key) ?? -Infinity) < EVERY_MS) continue;
      this.#askedAt.set(key, now);
      void this.#ask(concern, routes, readPing);
    }
  }

  /** Long queues are looked through once a second. */
  *#waitedFor(pools: Iterable<Pool>, now: number): Generator<Concern> {
    if (now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    for (const { queue } of pools) {
      for (const { claim, enqueuedAt } of queue.inOrder()) if (now - enqueuedAt >= WORTH_ASKING_AFTER_MS) yield claim;
    }
  }

  async #ask({ environment, provider }: Concern, routes: readonly string[], readPing: ReadPing): Promise<void> {
    const { scheduler, providers, onRead } = this.#options;
    scheduler.setTimer(scheduler.now() + EVERY_MS, onRead);
    const statuses = await Promise.all(routes.map((route) => readPing(environment, route).catch(() => 'unknown' as const)));
    providers.reportPing(environment, provider, common(statuses));
    onRead();
  }
}

/** A provider is up or down as a whole only when all its routes agree. */
function common(statuses: readonly PingStatus[]): PingStatus {
  const [first = 'unknown'] = statuses;
  return statuses.every((status) => status === first) ? first : 'unknown';
}

function pingRoutesOf(provider: string): readonly string[] {
  const routes = endpoints.filter((endpoint) => endpoint.provider === provider).map(({ pingRoute }) => pingRoute);
  return [...new Set(routes)].filter((route) => route !== null);
}

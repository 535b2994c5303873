import type { BreakerView } from '../../shared/domain/quota';
import type { AnswerObservation, QuotaClaim } from '../consultation/ports';
import { isAnnouncedMaintenance, ProviderBreaker, tellsProviderDown } from './provider-breaker';
import type { QuotaStore } from './quota-store';
import type { Scheduler } from './scheduler';

export type PingStatus = 'ok' | 'bad_gateway' | 'unknown';

/** A ping that says a provider is down is believed this long. */
const PING_VALID_MS = 60_000;
const SILENT = 'Ce fournisseur ne répond pas';
const MAINTENANCE = 'Ce fournisseur est en maintenance annoncée';

/** One breaker per provider and environment. */
export class Providers {
  readonly #breakers = new Map<string, ProviderBreaker>();

  constructor(
    private readonly store: QuotaStore,
    private readonly scheduler: Scheduler,
  ) {}

  breaker(environment: string, provider: string): ProviderBreaker {
    const key = `${environment} ${provider}`;
    let breaker = this.#breakers.get(key);
    if (!breaker) this.#breakers.set(key, (breaker = new ProviderBreaker(this.store.load('breaker', key))));
    return breaker;
  }

  observe({ environment, provider }: QuotaClaim, { status, errorCode, retryInSeconds }: AnswerObservation): void {
    this.#change(environment, provider, (breaker, now) => {
      if (isAnnouncedMaintenance(errorCode) && retryInSeconds !== null) {
        breaker.closeUntil(now + retryInSeconds * 1_000, MAINTENANCE, true);
      } else if (tellsProviderDown(status, errorCode)) breaker.fail(SILENT, now);
      else if (status < 500) breaker.succeed();
    });
  }

  /** Results of `/pings`, by provider. */
  reportPings(environment: string, pings: Readonly<Record<string, PingStatus>>): void {
    for (const [provider, status] of Object.entries(pings)) {
      this.#change(environment, provider, (breaker, now) => {
        if (status === 'bad_gateway') breaker.closeUntil(now + PING_VALID_MS, SILENT, breaker.state.announced);
        else if (status === 'ok') breaker.succeed();
      });
    }
  }

  views(): readonly BreakerView[] {
    const now = this.scheduler.now();
    return [...this.#breakers].map(([key, breaker]) => breaker.view(key.slice(key.indexOf(' ') + 1), now));
  }

  #change(environment: string, provider: string, work: (breaker: ProviderBreaker, now: number) => void): void {
    const breaker = this.breaker(environment, provider);
    const before = breaker.openUntil;
    work(breaker, this.scheduler.now());
    if (breaker.openUntil !== before) this.store.save('breaker', `${environment} ${provider}`, breaker.state);
  }
}

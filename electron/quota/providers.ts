import type { BreakerView } from '../../shared/domain/quota';
import type { AnswerObservation, QuotaClaim } from '../consultation/ports';
import { isAnnouncedMaintenance, ProviderBreaker, tellsProviderDown } from './provider-breaker';
import type { QuotaStore } from './quota-store';
import type { Scheduler } from './scheduler';

export type PingStatus = 'ok' | 'bad_gateway' | 'unknown';

/** A ping that says a provider is down is believed until the next one, two minutes later, has answered. */
const PING_VALID_MS = 150_000;
const SILENT = 'Ce fournisseur ne répond pas';
const MAINTENANCE = 'Ce fournisseur est en maintenance annoncée';

/** One breaker per provider and environment. */
export class Providers {
  readonly #breakers = new Map<string, ProviderBreaker>();

  constructor(
    private readonly store: QuotaStore,
    private readonly scheduler: Scheduler,
  ) {
    for (const key of store.keys('breaker')) this.#find(key);
  }

  breaker(environment: string, provider: string): ProviderBreaker {
    return this.#find(`${environment} ${provider}`);
  }

  /** Providers to which nothing is sent now. */
  open(): readonly { readonly environment: string; readonly provider: string }[] {
    const now = this.scheduler.now();
    return [...this.#breakers].filter(([, { openUntil }]) => openUntil !== null && openUntil > now).map(([key]) => partsOf(key));
  }

  #find(key: string): ProviderBreaker {
    let breaker = this.#breakers.get(key);
    if (!breaker) this.#breakers.set(key, (breaker = new ProviderBreaker(this.store.load('breaker', key))));
    return breaker;
  }

  observe({ environment, provider }: QuotaClaim, { status, errorCode, retryInSeconds }: AnswerObservation): void {
    this.#change(environment, provider, (breaker, now) => {
      if (isAnnouncedMaintenance(errorCode) && retryInSeconds !== null) {
        breaker.stopUntil(now + retryInSeconds * 1_000, MAINTENANCE, true);
      } else if (tellsProviderDown(status, errorCode)) breaker.fail(SILENT, now);
      else if (status < 500) breaker.succeed();
    });
  }

  /** A ping that says the provider is up opens the way for one call, which tells better. */
  reportPing(environment: string, provider: string, status: PingStatus): void {
    this.#change(environment, provider, (breaker, now) => {
      if (status === 'bad_gateway') breaker.stopUntil(now + PING_VALID_MS, breaker.state.reason ?? SILENT, breaker.state.announced);
      else if (status === 'ok') breaker.allowTrial(now);
    });
  }

  views(): readonly BreakerView[] {
    const now = this.scheduler.now();
    return [...this.#breakers].map(([key, breaker]) => breaker.view(partsOf(key).provider, now));
  }

  #change(environment: string, provider: string, work: (breaker: ProviderBreaker, now: number) => void): void {
    const breaker = this.breaker(environment, provider);
    const before = breaker.openUntil;
    work(breaker, this.scheduler.now());
    if (breaker.openUntil !== before) this.store.save('breaker', `${environment} ${provider}`, breaker.state);
  }
}

function partsOf(key: string): { readonly environment: string; readonly provider: string } {
  const space = key.indexOf(' ');
  return { environment: key.slice(0, space), provider: key.slice(space + 1) };
}

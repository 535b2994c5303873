import { describe, expect, it } from 'vitest';

import { createQuotaService, memoryQuotaStore, type PingStatus, type QuotaService, type QuotaServiceOptions, type QuotaStore } from '../../../electron/quota';
import type { QuotaClaim } from '../../../electron/consultation/ports';
import { claimOf, okAnswer, SimulatedScheduler } from './simulation';

const START = Date.UTC(2027, 2, 1, 9, 0, 0);
const LONG_AFTER = START + 24 * 3_600_000;

/** Everything outside the engine, which fails once it should not be touched any more, as a closed database does. */
function outside() {
  let isClosed = false;
  const touched: string[] = [];
  const touch = (what: string): void => {
    if (isClosed) touched.push(what);
  };
  const memory = memoryQuotaStore();
  const store: QuotaStore = {
    ...memory,
    save: (kind, key, state) => {
      touch(`save ${kind}`);
      memory.save(kind, key, state);
    },
  };
  const agentIsPresent = (): boolean => {
    touch('agentIsPresent');
    return true;
  };
  const probe = (): Promise<boolean> => {
    touch('probe');
    return Promise.resolve(false);
  };
  return { store, agentIsPresent, probe, touched, close: (): void => void (isClosed = true) };
}

function build(options: Partial<QuotaServiceOptions> = {}): { quota: QuotaService; scheduler: SimulatedScheduler } {
  const scheduler = new SimulatedScheduler(START);
  return { scheduler, quota: createQuotaService({ environment: () => 'sandbox', titleOf: () => 'Habilitation', ...options, scheduler }) };
}

function ask(quota: QuotaService, claim: QuotaClaim = claimOf('interactive')) {
  const permit = quota.acquire(claim, { signal: new AbortController().signal, onWait: () => undefined });
  return { permit, refusal: permit.then(() => null, (error: { apiError: { kind: string; message: string } }) => error.apiError) };
}

describe('a quota that closes', () => {
  it('refuses who waits and who comes later, in words, and may be closed twice', async () => {
    const { quota, scheduler } = build();
    const gone = ask(quota);
    await scheduler.runUntil(START + 1);
    (await gone.permit).settle(okAnswer({ 'ratelimit-limit': '250', 'ratelimit-remaining': '0' }));
    const waiting = [ask(quota), ask(quota, claimOf('batch'))];
    await scheduler.runUntil(START + 2);
    quota.close();
    quota.close();
    for (const { refusal } of [...waiting, ask(quota)]) {
      expect(await refusal).toMatchObject({ kind: 'cancelled', message: 'L’application se ferme : l’appel n’a pas été envoyé.' });
    }
  });

  it('rings no alarm and tells no listener any more', async () => {
    const parts = outside();
    const { quota, scheduler } = build(parts);
    let told = 0;
    quota.onChange(() => (told += 1));
    const gone = ask(quota);
    await scheduler.runUntil(START + 1);
    (await gone.permit).settle(okAnswer({ 'ratelimit-limit': '250', 'ratelimit-remaining': '0' }));
    void ask(quota).refusal;
    await scheduler.runUntil(START + 2);
    quota.close();
    parts.close();
    const toldBefore = told;
    await scheduler.runUntil(LONG_AFTER);
    expect(told).toBe(toldBefore);
    expect(parts.touched).toEqual([]);
  });

  it('touches nothing when a question under way is answered after', async () => {
    const parts = outside();
    const answers: ((status: PingStatus) => void)[] = [];
    const readPing = (): Promise<PingStatus> => new Promise((resolve) => void answers.push(resolve));
    const { quota, scheduler } = build({ ...parts, readPing });
    for (let call = 0; call < 3; call += 1) {
      const { permit } = ask(quota);
      await scheduler.runUntil(scheduler.now() + 1);
      (await permit).settle({ ...okAnswer(), status: 502 });
      await scheduler.runUntil(scheduler.now() + 1);
    }
    expect(answers).not.toEqual([]);
    quota.close();
    parts.close();
    await scheduler.runUntil(LONG_AFTER);
    for (const resolve of answers) resolve('bad_gateway');
    await scheduler.runUntil(LONG_AFTER + 1);
    expect(parts.touched).toEqual([]);
  });

  it('touches nothing when a ban is confirmed after, and takes late answers in silence', async () => {
    const parts = outside();
    let confirm: (reachable: boolean) => void = () => undefined;
    const isOtherHostReachable = (): Promise<boolean> => new Promise((resolve) => void (confirm = resolve));
    const { quota, scheduler } = build({ ...parts, isOtherHostReachable });
    const asked = Array.from({ length: 6 }, () => ask(quota, claimOf('interactive', { pool: 'documents' })));
    for (const { permit } of asked.slice(0, 3)) {
      await scheduler.runUntil(scheduler.now() + 1);
      (await permit).fail('connect_timeout');
    }
    await scheduler.runUntil(scheduler.now() + 1);
    const late = await asked[3]?.permit;
    quota.close();
    parts.close();
    confirm(true);
    expect(late?.settle({ ...okAnswer(), status: 502 })).toBe('deliver');
    await scheduler.runUntil(LONG_AFTER);
    expect(parts.touched).toEqual([]);
  });
});

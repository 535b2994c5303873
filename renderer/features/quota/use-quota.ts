import { useEffect, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf, onMain } from '../../app/bridge';

export type QuotaSnapshot = ChannelOutput<'quota.snapshot'>;
export type QuotaWindow = QuotaSnapshot['windows'][number];

/** The snapshot of now, then each change that main tells. */
export function useQuota(): { readonly quota: QuotaSnapshot | null; readonly problem: string | null } {
  const [quota, setQuota] = useState<QuotaSnapshot | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    callMain('quota.snapshot', undefined).then(setQuota, (error: unknown) => setProblem(messageOf(error)));
    return onMain('quota.changed', setQuota);
  }, []);
  return { quota, problem };
}

/** Current time, renewed each second, for countdowns. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

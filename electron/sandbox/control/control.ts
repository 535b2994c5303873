import type { Fault } from '../server/conditions';
import type { LoggedRequest } from '../server/request-log';
import type { PoolId } from '../server/route';
import type { SandboxServices } from '../server/services';

/** What tests and demonstrations can do to the service. */
export interface SandboxControl {
  addFault(fault: Fault): void;
  clearFaults(): void;
  expireLinks(): void;
  resetWindows(): void;
  /** A colleague who shares the token spends `units` of a pool. */
  consume(consumption: { readonly tokenKey: string; readonly pool: PoolId; readonly units: number }): void;
  setLimit(change: { readonly pool: PoolId; readonly limit: number }): void;
  /** Bans or frees this machine's address; `mode` says what the banned address meets. */
  setBan(ban: { readonly on: boolean; readonly mode?: 'silence' | 'destroy' }): void;
  /** `provider`: two-digit prefix of its codes. */
  setProviderDown(change: { readonly provider: string; readonly down: boolean }): void;
  /** `retryInS` null ends it. */
  setMaintenance(change: { readonly provider: string; readonly retryInS: number | null }): void;
  enableV2(change: { readonly enabled: boolean }): void;
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
}

const LOOPBACK_ADDRESS = '127.0.0.1';

export function createControl({ conditions, links, throttle, log }: SandboxServices): SandboxControl {
  return {
    addFault: (fault) => conditions.addFault(fault),
    clearFaults: () => conditions.clearFaults(),
    expireLinks: () => links.expireAll(),
    resetWindows: () => throttle.reset(),
    consume: ({ tokenKey, pool, units }) => void throttle.consume(tokenKey, pool, units),
    setLimit: ({ pool, limit }) => throttle.setLimit(pool, limit),
    setBan: ({ on, mode }) => {
      if (mode) conditions.banMode = mode;
      if (on) throttle.ban(LOOPBACK_ADDRESS);
      else throttle.liftBans();
    },
    setProviderDown: ({ provider, down }) => conditions.setDown(provider, down),
    setMaintenance: ({ provider, retryInS }) => conditions.setMaintenance(provider, retryInS),
    enableV2: ({ enabled }) => {
      conditions.v2Enabled = enabled;
    },
    requests: () => log.all(),
    clearRequests: () => log.clear(),
  };
}

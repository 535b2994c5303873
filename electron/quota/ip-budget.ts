import { IP_LIMIT_PER_MINUTE } from '../../shared/catalogue/pools';
import type { SharedIpWindow } from './shared-ip-window';

/** Left to colleagues behind the same address whose calls this machine cannot see. */
const IP_MARGIN = 50;
/** Calls that this machine may send from its address in one window. */
export const IP_BUDGET_PER_WINDOW = IP_LIMIT_PER_MINUTE - IP_MARGIN;
/** Units taken from the shared window at once, so that one access serves several calls. */
const LEASE_UNITS = 10;

interface Lease {
  readonly windowIndex: number;
  left: number;
}

/** This program's part of the address's window. */
export class IpBudget {
  readonly #leases = new Map<string, Lease>();

  constructor(private readonly window: SharedIpWindow) {}

  /** @param inFlight calls still on their way, which a window that opens may count. */
  takeOne(environment: string, windowIndex: number, inFlight: number): boolean {
    const lease = this.#leases.get(environment);
    if (lease?.windowIndex === windowIndex && lease.left > 0) {
      lease.left -= 1;
      return true;
    }
    const carried = lease?.windowIndex === windowIndex ? 0 : inFlight;
    const granted = this.window.take(environment, windowIndex, carried + LEASE_UNITS);
    this.#leases.set(environment, { windowIndex, left: Math.max(0, granted - carried - 1) });
    return granted > carried;
  }
}

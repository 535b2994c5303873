import type { JsonValue } from '../../../shared/domain/json';

/** What goes wrong with an answer. */
export type FaultEffect =
  | { readonly kind: 'status'; readonly status: number; readonly body?: JsonValue }
  | { readonly kind: 'cut' | 'html' | 'empty' | 'silence' | 'truncated_pdf' }
  /** Under the headers of what was asked for. */
  | { readonly kind: 'other_body'; readonly text: string }
  | { readonly kind: 'huge'; readonly megabytes: number }
  | { readonly kind: 'content_type'; readonly contentType: string };

export interface Fault {
  /** Start of the path; `/` for every route. */
  readonly path: string;
  readonly latencyMs?: number;
  readonly effect?: FaultEffect;
  /** Answers concerned; without it, all until the faults are cleared. */
  readonly times?: number;
}

/** Weather of the service, changed by the control address only. */
export class Conditions {
  private faults: { readonly fault: Fault; left: number }[] = [];
  private readonly maintenances = new Map<string, number>();
  private readonly down = new Set<string>();
  v2Enabled: boolean;
  /** What a banned address meets. */
  banMode: 'silence' | 'destroy' = 'silence';

  constructor({ v2Enabled }: { readonly v2Enabled: boolean }) {
    this.v2Enabled = v2Enabled;
  }

  addFault(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? Infinity });
  }

  clearFaults(): void {
    this.faults = [];
  }

  /** The first fault that concerns the path; counts it as used. */
  takeFault(path: string): Fault | undefined {
    const found = this.faults.find(({ fault, left }) => left > 0 && path.startsWith(fault.path));
    if (found) found.left -= 1;
    return found?.fault;
  }

  /** Providers are named by the two-digit prefix of their codes. */
  setDown(prefix: string, isDown: boolean): void {
    if (isDown) this.down.add(prefix);
    else this.down.delete(prefix);
  }

  isDown(prefix: string): boolean {
    return this.down.has(prefix);
  }

  /** `retryInS` null ends the maintenance. */
  setMaintenance(prefix: string, retryInS: number | null): void {
    if (retryInS === null) this.maintenances.delete(prefix);
    else this.maintenances.set(prefix, retryInS);
  }

  maintenanceOf(prefix: string): number | undefined {
    return this.maintenances.get(prefix);
  }
}

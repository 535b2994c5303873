/** One pool of one token, as the quota panel shows it. */
export interface QuotaWindowView {
  readonly environment: string;
  readonly habilitationId: string | null;
  readonly habilitationTitle: string;
  readonly pool: string;
  readonly limit: number;
  readonly used: number;
  readonly inFlight: number;
  readonly remaining: number;
  /** ISO 8601 UTC, on this machine's clock. */
  readonly resetsAt: string;
  readonly queued: number;
  /** Use of the last windows, oldest first. */
  readonly history: readonly number[];
  readonly state: 'open' | 'spent' | 'stopped' | 'banned';
  readonly reason: string | null;
}

export interface BreakerView {
  readonly provider: string;
  readonly state: 'closed' | 'open' | 'half_open';
  readonly until: string | null;
  readonly reason: string | null;
}

export interface QuotaSnapshot {
  readonly windows: readonly QuotaWindowView[];
  readonly breakers: readonly BreakerView[];
  readonly ban: { readonly since: string; readonly until: string; readonly nextProbeAt: string; readonly reason: string } | null;
}

/** Cost of a plan of calls, shown before it starts. */
export interface QuotaEstimate {
  /** Units of quota. */
  readonly calls: number;
  /** ISO 8601 UTC, on this machine's clock. */
  readonly startsAt: string;
  /** From now to the sending of the last call, when nobody else draws on the token. */
  readonly durationMs: number;
}

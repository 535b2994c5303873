/** API Entreprise docs, volumétrie: an address that ignores the limits is silenced for 12 hours. */
const BAN_DURATION_MS = 12 * 3_600_000;
const FAILURES_TO_SUSPECT = 3;
const FIRST_PROBE_MS = 5 * 60_000;
const LONGEST_PROBE_MS = 60 * 60_000;

export interface BanState {
  readonly since: number;
  readonly until: number;
  readonly nextProbeAt: number;
  readonly probeIntervalMs: number;
}

/** Tells a ban from a slow provider and from a network cut, and knows when to look again. */
export class BanWatch {
  #silences = 0;
  #silentProviders = new Set<string>();
  #ban: BanState | null;

  /** A ban saved under a clock that was since set back ends within 12 hours all the same. */
  constructor(saved: BanState | null, now: number) {
    this.#ban = saved && { ...saved, until: Math.min(saved.until, now + BAN_DURATION_MS), nextProbeAt: Math.min(saved.nextProbeAt, now + LONGEST_PROBE_MS) };
  }

  get ban(): BanState | null {
    return this.#ban;
  }

  /** Any answer at all, whatever its status. */
  answered(): void {
    this.#silences = 0;
    this.#silentProviders.clear();
  }

  /**
   * No answer came. Every route shares one host, so refused connections count at once; silence after
   * connection counts once two providers share it.
   * @returns whether a ban is to be suspected.
   */
  silent(provider: string, connected: boolean): boolean {
    this.#silences += 1;
    this.#silentProviders.add(connected ? provider : '');
    return this.#silences >= FAILURES_TO_SUSPECT && (this.#silentProviders.has('') || this.#silentProviders.size >= 2);
  }

  declare(now: number): void {
    this.answered();
    this.#ban = { since: now, until: now + BAN_DURATION_MS, nextProbeAt: now + FIRST_PROBE_MS, probeIntervalMs: FIRST_PROBE_MS };
  }

  probeFailed(now: number): void {
    if (!this.#ban) return;
    const probeIntervalMs = Math.min(LONGEST_PROBE_MS, this.#ban.probeIntervalMs * 2);
    this.#ban = { ...this.#ban, probeIntervalMs, nextProbeAt: now + probeIntervalMs };
  }

  lift(): void {
    this.#ban = null;
    this.answered();
  }
}

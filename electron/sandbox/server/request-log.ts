/** One call as the service saw it; never a token, never the justification. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Query string without `token`. */
  readonly query: string;
  /** Names the token without revealing it; null without token. */
  readonly tokenKey: string | null;
  /** Milliseconds since the epoch, on the sandbox's clock. */
  readonly at: number;
  /** Null while no answer was sent (silence, cut connection). */
  readonly status: number | null;
  readonly requestId: string;
}

/** Enough for the longest test; a demonstration left open must not grow for ever. */
const KEPT_REQUESTS = 50_000;

export class RequestLog {
  private readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    if (this.entries.length >= KEPT_REQUESTS) this.entries.shift();
    this.entries.push(entry);
  }

  all(): readonly LoggedRequest[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries.length = 0;
  }
}

import type { HttpClient } from '../http';
import type { TimestampAuthority } from '../journal';

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 64 * 1_024;

/** The RFC 3161 authority that the policy names, reached as everything else is; null when it names none. */
export function timestampAuthority(url: string | undefined, http: HttpClient): TimestampAuthority | null {
  if (url === undefined) return null;
  return {
    url: new URL(url),
    post: (address, body, headers) =>
      http.post({ url: address, body, headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES, signal: new AbortController().signal, clearTextAllowed: true }),
  };
}

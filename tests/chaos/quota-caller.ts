import { setTimeout as delay } from 'node:timers/promises';

import { type HttpClient, MAX_JSON_BYTES, TransportError } from '../../electron/http';
import type { QuotaService } from '../../electron/quota';
import { issueToken, sandboxCompanies } from '../../electron/sandbox';
import { callPath, findEndpoint } from '../../shared/catalogue';

/** The same for every process and every life. */
const token = issueToken({ iat: Date.UTC(2026, 0, 1) / 1_000, exp: Date.UTC(2096, 0, 1) / 1_000 });
const [called, asking] = sandboxCompanies().filter(({ siren, siret }) => siren && siret);
const endpoint = findEndpoint('insee.unite_legale.v4');
const NEVER = new AbortController().signal;
const RECONNECT_MS = 50;
let serial = 0;

/** One call of the pool `data`, as the pipeline would send it: again after a 429 or a broken connection. */
export async function callUntilAccepted(quota: QuotaService, http: HttpClient, apiUrl: string): Promise<void> {
  if (!endpoint || !called || !asking) throw new Error('nothing to call');
  const query = new URLSearchParams({ context: 'Essai', recipient: asking.siret ?? '', object: `appel ${process.pid} ${(serial += 1)}` });
  const url = new URL(`${apiUrl}${callPath(endpoint, called.siren ?? '', {})}?${query.toString()}`);
  const claim = { environment: 'sandbox', habilitationId: 'chaos', tokenKey: 'chaos', pool: 'data', provider: 'insee', priority: 'batch' } as const;
  for (;;) {
    const permit = await quota.acquire(claim, { signal: NEVER, onWait: () => undefined });
    try {
      const headers = { authorization: `Bearer ${token}` };
      const { status, headers: received } = await http.get({ url, headers, timeoutMs: 5_000, maxBytes: MAX_JSON_BYTES, signal: NEVER });
      if (permit.settle({ status, headers: received, errorCode: null, retryInSeconds: null }) === 'deliver') return;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      permit.fail(error.failure);
      await delay(RECONNECT_MS);
    }
  }
}

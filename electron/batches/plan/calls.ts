import { identifierAmong } from '../../../shared/catalogue/company-call';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { BatchLine } from '../../../shared/domain/batch';
import type { NewItem } from '../item-store';

/** Downloads count in the service's own pool for files. */
export const DOWNLOAD_POOL = 'proxied_files';

/** The call that a line needs from an endpoint; null when it lacks the identifier that the endpoint takes. */
export function callOf(endpoint: Endpoint, line: BatchLine): NewItem | null {
  const identifier = identifierAmong(endpoint, line);
  return identifier === null
    ? null
    : { lineNumber: line.number, endpointId: endpoint.id, identifier, object: line.object };
}

export function givesDocuments({ documents }: Endpoint): boolean {
  return documents.some(({ fetch }) => fetch !== 'page');
}

export interface CallCount {
  readonly endpoint: Endpoint;
  readonly calls: number;
  /** Lines that it cannot be asked about. */
  readonly unsuited: number;
}

/** Counts distinct calls of a list read page by page: two establishments of a company need its SIREN once. */
export function callCounter(endpoints: readonly Endpoint[]) {
  // Endpoints that take the same identifiers count the same calls.
  const groups = new Map<string, { readonly sample: Endpoint; readonly seen: Set<string>; unsuited: number }>();
  for (const endpoint of endpoints) {
    const key = endpoint.identifiers.join();
    if (!groups.has(key)) groups.set(key, { sample: endpoint, seen: new Set(), unsuited: 0 });
  }
  return {
    add(lines: readonly BatchLine[]): void {
      for (const line of lines) {
        for (const group of groups.values()) {
          const call = callOf(group.sample, line);
          if (call) group.seen.add(`${call.identifier} ${call.object}`);
          else group.unsuited += 1;
        }
      }
    },
    result: (): readonly CallCount[] =>
      endpoints.map((endpoint) => {
        const group = groups.get(endpoint.identifiers.join());
        return { endpoint, calls: group?.seen.size ?? 0, unsuited: group?.unsuited ?? 0 };
      }),
  };
}

import type { ListedDocument } from '../../../shared/domain/listed-document';

/** A document as it stands now, and what it was before. */
export interface Versions {
  readonly latest: ListedDocument;
  /** Newest first. */
  readonly earlier: readonly ListedDocument[];
}

/**
 * Gathers the successive documents that one place of one endpoint gave for a company: each attestation replaces the
 * one before. In a list (deeds, accounts) another date is another document. A newer version of the endpoint changes nothing.
 */
export function versionsOf(documents: readonly ListedDocument[]): readonly Versions[] {
  const groups = new Map<string, ListedDocument[]>();
  for (const document of [...documents].sort(latestFirst)) {
    const key = placeOf(document);
    const group = groups.get(key);
    if (group) group.push(document);
    else groups.set(key, [document]);
  }
  return [...groups.values()].flatMap(([latest, ...earlier]) => (latest ? [{ latest, earlier }] : []));
}

function placeOf({ identifier, endpointId, pointer, label, documentDate }: ListedDocument): string {
  const isInList = /\/\d+(\/|$)/.test(pointer);
  return JSON.stringify([identifier, endpointId.replace(/\.v\d+$/, ''), label, ...(isInList ? [pointer, documentDate] : [])]);
}

function latestFirst(one: ListedDocument, other: ListedDocument): number {
  return other.fetchedAt.localeCompare(one.fetchedAt);
}

/** A document kept in the encrypted store, as the screens see it. */
export interface StoredDocument {
  readonly id: string;
  readonly dossierId: string;
  readonly identifier: string;
  readonly endpointId: string;
  readonly consultationId: string;
  readonly pointer: string;
  readonly label: string;
  readonly provider: string;
  readonly fileName: string;
  readonly mediaType: 'application/pdf' | 'image/jpeg' | 'image/png' | 'application/zip';
  readonly byteLength: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly fetchedAt: string;
  /** ISO day the document bears, and last ISO day it holds, when known. */
  readonly documentDate: string | null;
  readonly validUntil: string | null;
  readonly requestId: string | null;
}

/** What a kept document carries besides what it shows: harmless here, to be known before it is opened elsewhere. */
export const DOCUMENT_WARNINGS = ['script', 'attachment'] as const;
export type DocumentWarning = (typeof DOCUMENT_WARNINGS)[number];

export const documentWarningSentences: Readonly<Record<DocumentWarning, string>> = {
  script: 'Ce document contient un script, comme certains formulaires. Il ne s’exécute pas ici ; un autre programme pourrait le proposer.',
  attachment: 'Ce document contient des pièces jointes. Elles ne s’ouvrent pas ici ; ne les ouvrez ailleurs que si vous les attendiez.',
};

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
  /** Line of the journal that traces its download; null for those kept before it was noted. */
  readonly journalSeq: number | null;
  readonly warnings: readonly DocumentWarning[];
}

/** A document that an agent asked for and that is not stored yet. */
export interface WantedDocument {
  readonly consultationId: string;
  readonly pointer: string;
  readonly dossierId: string;
  readonly identifier: string;
  readonly endpointId: string;
  readonly label: string;
  readonly documentDate: string | null;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  /** Why the last try brought nothing, as a sentence; null when it was cut short. */
  readonly problem: string | null;
}

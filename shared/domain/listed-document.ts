import type { StoredDocument } from './document';
import type { Validity } from './validity';

/**
 * What the present journal says of the line that a document names: it is there and bears its SHA-256; it is there and was
 * emptied at the end of retention; it is not there, as after an older copy was put back; the file is damaged there;
 * none was noted.
 */
export const DOCUMENT_LINES = ['present', 'emptied', 'absent', 'unreadable', 'unnoted'] as const;
export type DocumentLine = (typeof DOCUMENT_LINES)[number];

/** A document as the screens list it. */
export interface ListedDocument extends StoredDocument {
  /** Its key is not on this workstation: it is there, and does not open. */
  readonly isClosed: boolean;
  /** When the very same bytes had been fetched before, oldest first; ISO 8601 UTC. */
  readonly earlierFetches: readonly string[];
  /** Whether the journal holds the line that `journalSeq` names. */
  readonly journalLine: DocumentLine;
  /** As the grid of its dossier judges it: against the deadline, with the thresholds of the procedure. */
  readonly validity: Validity;
}

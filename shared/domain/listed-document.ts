import type { StoredDocument } from './document';
import type { Validity } from './validity';

/** A document as the screens list it. */
export interface ListedDocument extends StoredDocument {
  /** Its key is not on this workstation: it is there, and does not open. */
  readonly isClosed: boolean;
  /** When the very same bytes had been fetched before, oldest first; ISO 8601 UTC. */
  readonly earlierFetches: readonly string[];
  /** As the grid of its dossier judges it: against the deadline, with the thresholds of the procedure. */
  readonly validity: Validity;
}

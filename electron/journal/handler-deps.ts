import type { ExportDeps } from './export-handler';
import type { HeadWitness } from './head-witness';
import type { ProcessingSettings } from './processing-record';
import type { TimestampAuthority } from './timestamp';

/** What the journal's channels need, beside what exports do. */
export interface JournalHandlerDeps extends ExportDeps {
  readonly witness: HeadWitness;
  /** Has the file read whole soon: what it shows decides whether calls may leave. */
  readonly checkFile: () => void;
  /** Has this clock compared with the service's, when calls wait for it. */
  readonly checkClock: () => Promise<void>;
  /** Asks which backup to restore; null when the dialog is closed. */
  readonly chooseBackup: () => Promise<string | null>;
  /** Closes the application and opens it again. */
  readonly restart: () => void;
  /** Months that policy asks for; 36 at least whatever it says. */
  readonly retentionMonths: () => number;
  /** Null when the policy names none. */
  readonly authority: TimestampAuthority | null;
  /** What the register must say of this workstation, beside the above. */
  readonly describeWorkstation: () => Pick<ProcessingSettings, 'organisation' | 'workstation' | 'keychainAvailable'>;
}

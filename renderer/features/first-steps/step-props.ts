import type { Trial } from './trial';

/** What every step receives from the assistant. */
export interface StepProps {
  /** Dossier and company of the trial, shared by the last two steps. */
  readonly trial: Trial | null;
  readonly onTrial: (trial: Trial) => void;
  /** The step saw by itself that it is done. */
  readonly onDone: () => void;
}

import { accounts } from './accounts';
import { batches } from './batches';
import { company } from './company';
import type { Dialog } from './dialog';
import { dossiers } from './dossiers';
import { auditing, history } from './history';

export type { Dialog };

/** Everything that opens over a screen, and how it is reached. */
export const dialogs: readonly Dialog[] = [...accounts, ...history, ...dossiers, ...company, ...batches, ...auditing];

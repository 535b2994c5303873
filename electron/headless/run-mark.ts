import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stands in the data folder while a batch runs without a window: a window that is asked for meanwhile can say why it does
 * not come. A killed run leaves it; whoever opens the data next takes it away.
 */
const FILE = 'lot-sans-fenetre.en-cours';

export function markRun(userDataPath: string): void {
  tryTo(() => writeFileSync(join(userDataPath, FILE), ''));
}

export function unmarkRun(userDataPath: string): void {
  tryTo(() => rmSync(join(userDataPath, FILE), { force: true }));
}

/** Only to be believed while somebody else holds the data folder. */
export function isRunMarked(userDataPath: string): boolean {
  return existsSync(join(userDataPath, FILE));
}

/** A folder closed to writing is told by whoever opens the data in it. */
function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // The mark is a courtesy: nothing depends on it.
  }
}

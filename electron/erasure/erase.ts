import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** While this file is there, everything else in the folder is to be erased: the last thing that goes. */
const MARK = 'effacement-demande';

/** Held by the running program itself, which removes them when it ends. */
const OF_THE_PROCESS = /^(?:Singleton|lockfile$|\.org\.chromium\.)/;

/** What opens the rest goes first: stopped half-way, what remains can be read by nobody. */
const KEYS = /^(?:data.*\.key|cle-non-protegee.*\.key|Local State|instruire\.db.*)$/;

/** Windows frees a file some instants after the program that held it has ended. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 } as const;

export interface ErasedPlaces {
  readonly userDataPath: string;
  /** Logs and clear copies, wherever the system keeps them. */
  readonly otherFolders: readonly string[];
  /** Takes the application's own entry out of the system's keychain; never throws. */
  readonly forgetKeychain: () => void;
}

/** From here on, this start and every later one erase before they do anything else. On disk before this returns. */
export function askForErasure(userDataPath: string): void {
  const file = openSync(join(userDataPath, MARK), 'w', 0o600);
  try {
    writeSync(file, 'instruire\n');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A folder in which whole other things live (chosen on the command line) is not ours to empty. */
export function isErasable(userDataPath: string, home = homedir()): boolean {
  const path = relative(userDataPath, home);
  return path !== '' && path.split(sep)[0] === '..';
}

/**
 * Ends an erasure that was asked for; does nothing otherwise. Stopped at any point, the next start goes on. To be called
 * before anything of the folder is opened, by the only process that uses it.
 * @returns whether there was one. @throws when the system keeps a file from going: the application must then not start.
 */
export function finishErasure({ userDataPath, otherFolders, forgetKeychain }: ErasedPlaces): boolean {
  const mark = join(userDataPath, MARK);
  if (!existsSync(mark)) return false;
  forgetKeychain();
  const names = readdirSync(userDataPath).filter((name) => name !== MARK && !OF_THE_PROCESS.test(name));
  for (const name of [...names.filter((one) => KEYS.test(one)), ...names]) rmSync(join(userDataPath, name), REMOVAL);
  for (const folder of otherFolders) rmSync(folder, REMOVAL);
  rmSync(mark);
  return true;
}

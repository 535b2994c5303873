import { existsSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';

const USUAL_PROGRAM_DATA = 'C:\\ProgramData';
const USUAL_WINDOWS = 'C:\\Windows';

/** Every file of the application, under the user's folder. */
export interface AppPaths {
  readonly database: string;
  readonly journal: string;
  readonly documents: string;
  /** What companies handed over, apart from what was fetched. */
  readonly suppliedPieces: string;
  /** Key of the data at rest, wrapped by the keychain. */
  readonly dataKey: string;
}

export function appPaths(userDataPath: string): AppPaths {
  return {
    database: join(userDataPath, 'instruire.db'),
    journal: join(userDataPath, 'journal.db'),
    documents: join(userDataPath, 'documents'),
    suppliedPieces: join(userDataPath, 'supplied-pieces'),
    dataKey: join(userDataPath, 'data.key'),
  };
}

/** Clear copies lent to other programs, beside those of the other accounts of the machine. */
export function outsideCopiesFolder(temporaryPath: string): string {
  return join(temporaryPath, `instruire-documents-${process.getuid?.() ?? 'poste'}`);
}

/**
 * Folder that every account of the machine shares, wherever its own settings put temporary files. Beside the
 * policy's folder, never in it: whoever creates it first owns it, and must not own what the administrator sets.
 */
export function machineFolder(platform: NodeJS.Platform, programData = USUAL_PROGRAM_DATA): string {
  return platform === 'win32' ? win32.join(programData, 'Instruire-poste') : '/var/tmp/instruire-poste';
}

/** Folder that only an administrator of the machine writes to. */
export function policyPath(platform: NodeJS.Platform, programData = USUAL_PROGRAM_DATA): string {
  const file = 'instruire.policy.json';
  if (platform === 'win32') return win32.join(programData, 'Instruire', file);
  if (platform === 'darwin') return posix.join('/Library/Application Support/Instruire', file);
  return posix.join('/etc/instruire', file);
}

/**
 * Folder of what the accounts of a Windows machine share: in its usual place when it is there. Whoever starts the application
 * chooses its environment: a variable (`ProgramData`) serves where Windows lies elsewhere, and leads away from nothing.
 */
export function programDataFolder(variable: string | undefined, exists: (path: string) => boolean = existsSync): string {
  return exists(USUAL_PROGRAM_DATA) ? USUAL_PROGRAM_DATA : (variable ?? USUAL_PROGRAM_DATA);
}

/** Folder of Windows, by the same rule. */
export function windowsFolder(variable: string | undefined, exists: (path: string) => boolean = existsSync): string {
  return exists(win32.join(USUAL_WINDOWS, 'System32', 'cmd.exe')) ? USUAL_WINDOWS : (variable ?? USUAL_WINDOWS);
}

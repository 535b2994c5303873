import { existsSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';

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
export function machineFolder(platform: NodeJS.Platform, programData = 'C:\\ProgramData'): string {
  return platform === 'win32' ? win32.join(programData, 'Instruire-poste') : '/var/tmp/instruire-poste';
}

/** Folder that only an administrator of the machine writes to. */
export function policyPath(platform: NodeJS.Platform, programData = 'C:\\ProgramData'): string {
  const file = 'instruire.policy.json';
  if (platform === 'win32') return win32.join(programData, 'Instruire', file);
  if (platform === 'darwin') return posix.join('/Library/Application Support/Instruire', file);
  return posix.join('/etc/instruire', file);
}

/**
 * The policy that the packed application obeys: in the usual place when there is one. Whoever starts the application
 * chooses its environment: a variable (`programData`) serves where Windows lies elsewhere, and leads away from no policy.
 */
export function obeyedPolicyPath(platform: NodeJS.Platform, programData: string | undefined, exists: (path: string) => boolean = existsSync): string {
  const usual = policyPath(platform);
  return platform !== 'win32' || exists(usual) ? usual : policyPath(platform, programData);
}

/** Folder of Windows, by the same rule. */
export function windowsFolder(systemRoot: string | undefined, exists: (path: string) => boolean = existsSync): string {
  const usual = 'C:\\Windows';
  return exists(win32.join(usual, 'System32', 'cmd.exe')) ? usual : (systemRoot ?? usual);
}

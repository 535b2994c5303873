import { join, posix, win32 } from 'node:path';

/** Every file of the application, under the user's folder. */
export interface AppPaths {
  readonly database: string;
  readonly journal: string;
  readonly documents: string;
  /** Key of the data at rest, wrapped by the keychain. */
  readonly dataKey: string;
}

export function appPaths(userDataPath: string): AppPaths {
  return {
    database: join(userDataPath, 'instruire.db'),
    journal: join(userDataPath, 'journal.db'),
    documents: join(userDataPath, 'documents'),
    dataKey: join(userDataPath, 'data.key'),
  };
}

/** Folder that only an administrator of the machine writes to. */
export function policyPath(platform: NodeJS.Platform, programData = 'C:\\ProgramData'): string {
  const file = 'instruire.policy.json';
  if (platform === 'win32') return win32.join(programData, 'Instruire', file);
  if (platform === 'darwin') return posix.join('/Library/Application Support/Instruire', file);
  return posix.join('/etc/instruire', file);
}

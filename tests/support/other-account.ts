import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** « nobody »: of no interest to anybody, and without a right of its own on any file. */
export const OTHER_ACCOUNT = 65_534;

/** Only the administrator may act as another account, and only where that account can read the program: not below a private folder. */
export const canBeOtherAccount = process.getuid?.() === 0 && isReadableByOthers(process.execPath) && isReadableByOthers(import.meta.filename);

function isReadableByOthers(path: string): boolean {
  const above = dirname(path);
  return (statSync(path).mode & 0o004) !== 0 && (above === path || isReadableByOthers(above));
}

import { realpathSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';

/**
 * The file that a path of app:// names; undefined when it is none of the interface's, whatever the path tries.
 * @param pathname as the URL has it, still encoded.
 */
export function appFile(folder: string, pathname: string): string | undefined {
  const path = pathIn(folder, pathname);
  if (path === undefined) return undefined;
  try {
    // A link would lead elsewhere under an innocent name.
    const real = realpathSync(path);
    return real.startsWith(realpathSync(folder) + sep) ? real : undefined;
  } catch {
    return undefined;
  }
}

function pathIn(folder: string, pathname: string): string | undefined {
  try {
    const decoded = decodeURIComponent(pathname);
    if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
    const path = normalize(join(folder, decoded));
    return path.startsWith(folder + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

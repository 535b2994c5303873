import { readFileSync } from 'node:fs';
import { arch, release } from 'node:os';

/** The system as support knows it: a Linux by its distribution and the line of its kernel, the others by their version. */
export function systemName(): string {
  const name = process.platform === 'linux' ? `${distributionName()}, noyau ${release().split('.', 2).join('.')}` : `${process.platform} ${release()}`;
  return `${name}, ${arch()}`;
}

/** os-release(5). */
function distributionName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A small disk of its own, which only the machine's administrator can mount; false otherwise. */
export function mountSmallDisk(path: string, size: '16k' | '4m'): boolean {
  mkdirSync(path, { recursive: true });
  return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status === 0;
}

export function unmountDisk(path: string): void {
  spawnSync('umount', ['-l', path]);
}

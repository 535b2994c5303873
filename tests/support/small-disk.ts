import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/** A small disk of its own, which only the machine's administrator can mount; false otherwise. */
export function mountSmallDisk(path: string, size: '16k' | '4m'): boolean {
  mkdirSync(path, { recursive: true });
  return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status === 0;
}

export function unmountDisk(path: string): void {
  spawnSync('umount', ['-l', path]);
}

/** Takes the last byte of the disk. */
export function fillDisk(path: string): void {
  for (let size = 1_048_576; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full for this size: the next half.
    }
  }
}

import { existsSync } from 'node:fs';

/** What a graphics card, or the share of one that a virtual machine is given, shows itself by on Linux. */
const DEVICES: readonly string[] = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/**
 * Whether the window will be drawn by the processor in any case (virtual desktops, servers). False wherever the system does not tell it
 * at once: Chromium then finds out.
 */
export function isWithoutGraphicsCard(platform: NodeJS.Platform, exists: (path: string) => boolean = existsSync): boolean {
  return platform === 'linux' && !DEVICES.some(exists);
}

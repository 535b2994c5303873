import { describe, expect, it } from 'vitest';

import { isWithoutGraphicsCard } from '../../../electron/graphics';

const machineWith = (...devices: string[]) => (path: string) => devices.includes(path);

describe('a machine without a graphics card', () => {
  it('is known on Linux by the devices that it lacks', () => {
    expect(isWithoutGraphicsCard('linux', machineWith())).toBe(true);
  });

  it.each(['/dev/dri', '/dev/nvidiactl', '/dev/dxg'])('has none of %s', (device) => {
    expect(isWithoutGraphicsCard('linux', machineWith(device))).toBe(false);
  });

  it.each(['win32', 'darwin'] as const)('is not looked for on %s', (platform) => {
    expect(isWithoutGraphicsCard(platform, machineWith())).toBe(false);
  });
});

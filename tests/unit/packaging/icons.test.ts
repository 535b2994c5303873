import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

interface IconsScript {
  readonly iconsFolder: string;
  renderIcons(): Promise<ReadonlyMap<string, Buffer>>;
}

it('the icons kept are those that their drawings give', async () => {
  const { iconsFolder, renderIcons } = (await import(join(root, 'scripts/icons.mjs'))) as IconsScript;
  const rendered = await renderIcons();
  expect([...rendered.keys()].filter((name) => !readFileSync(join(iconsFolder, name)).equals(rendered.get(name) ?? Buffer.alloc(0)))).toEqual([]);
});

it.each([['instruire.ico', [16, 24, 32, 48, 64, 128, 256]]])('%s holds every size that Windows asks for, each a PNG where its directory says', (name, widths) => {
  const bytes = readFileSync(join(root, 'packaging/icons', name));
  const entries = Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
  const images = entries.map((entry) => bytes.subarray(bytes.readUInt32LE(entry + 12), bytes.readUInt32LE(entry + 12) + bytes.readUInt32LE(entry + 8)));
  expect(images.map((image) => image.readUInt32BE(16))).toEqual(widths);
  expect(images.every((image) => image.subarray(1, 4).toString() === 'PNG')).toBe(true);
});

it('instruire.icns is as long as it says, and so is each image in it', () => {
  const bytes = readFileSync(join(root, 'packaging/icons/instruire.icns'));
  expect(bytes.subarray(0, 4).toString()).toBe('icns');
  expect(bytes.readUInt32BE(4)).toBe(bytes.length);
  let offset = 8;
  let count = 0;
  for (; offset < bytes.length; count += 1) {
    expect(bytes.subarray(offset + 9, offset + 12).toString()).toBe('PNG');
    offset += bytes.readUInt32BE(offset + 4);
  }
  expect([offset, count]).toEqual([bytes.length, 10]);
});

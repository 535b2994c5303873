// `npm run icons`: every size and container of the application's icon, from its two drawings in packaging/icons.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { initWasm, Resvg } from '@resvg/resvg-wasm';

import { projectRoot } from './runtime/paths.mjs';

export const iconsFolder = join(projectRoot, 'packaging/icons');
/** Up to this width, in pixels, lines finer than a pixel would blur: a drawing of its own, on a grid of 16. */
const SMALL_PX = 32;
const LINUX_PX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_PX = [16, 24, 32, 48, 64, 128, 256];
/** Types of Apple's icon family that hold a PNG, by width; `@2x` types hold the same image under another name. */
const APPLE_TYPES = [['icp4', 16], ['icp5', 32], ['ic07', 128], ['ic08', 256], ['ic09', 512], ['ic10', 1_024], ['ic11', 32], ['ic12', 64], ['ic13', 256], ['ic14', 512]];
const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;

/** @returns {Promise<ReadonlyMap<string, Buffer>>} what each file holds, by its path under {@link iconsFolder} */
export async function renderIcons() {
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const rendered = new Map();
  const png = (px) => {
    if (!rendered.has(px)) rendered.set(px, renderPng(px));
    return rendered.get(px);
  };
  return new Map([
    ...LINUX_PX.map((px) => [`linux/${px}x${px}.png`, png(px)]),
    ['instruire.ico', windowsIcon(WINDOWS_PX.map((px) => ({ px, image: png(px) })))],
    ['instruire.icns', appleIcon(APPLE_TYPES.map(([type, px]) => ({ type, image: png(px) })))],
  ]);
}

function renderPng(px) {
  const drawing = readFileSync(join(iconsFolder, px <= SMALL_PX ? 'instruire-small.svg' : 'instruire.svg'), 'utf8');
  return Buffer.from(new Resvg(drawing, { fitTo: { mode: 'width', value: px } }).render().asPng());
}

/** ICO: a directory, then the images, which Windows reads as PNG since Vista. */
function windowsIcon(images) {
  const header = Buffer.alloc(ICO_HEADER_BYTES + ICO_ENTRY_BYTES * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ px, image }, index) => {
    const entry = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * index;
    // A byte each: 0 stands for 256.
    header.writeUInt8(px % 256, entry);
    header.writeUInt8(px % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([header, ...images.map(({ image }) => image)]);
}

/** ICNS: each image behind its type and length, all behind the length of the whole. */
function appleIcon(images) {
  const block = (type, content) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(head.length + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return block('icns', Buffer.concat(images.map(({ type, image }) => block(type, image))));
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, content] of await renderIcons()) {
    const path = join(iconsFolder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

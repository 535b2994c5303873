import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Places of a folder's files that hold the text, as UTF-8 or as UTF-16 (Chromium's own stores use both). */
export function filesHolding(folder: string, text: string): string[] {
  return filesUnder(folder).filter((path) => holds(readFileSync(path), text));
}

export function holds(bytes: Buffer, text: string): boolean {
  return bytes.includes(Buffer.from(text, 'utf8')) || bytes.includes(Buffer.from(text, 'utf16le'));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

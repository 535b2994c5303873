import { randomInt } from 'node:crypto';

/** Letters and digits that cannot be taken for one another, read aloud or on paper. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four readable characters: about 79 bits. */
export function makeReadableCode(): string {
  const characters = Array.from({ length: 16 }, () => READABLE.charAt(randomInt(READABLE.length)));
  return [0, 4, 8, 12].map((start) => characters.slice(start, start + 4).join('')).join('-');
}

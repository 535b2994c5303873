import { createHash } from 'node:crypto';

/** Draws that depend on nothing but the seed and a label, so that every start tells the same story. */
export interface SeededRandom {
  /** Integer between `minimum` and `maximum`, both included. */
  integer(label: string, minimum: number, maximum: number): number;
  pick<T>(label: string, choices: readonly T[]): T;
  /** Hexadecimal digits. */
  hex(label: string, length: number): string;
  uuid(label: string): string;
}

export function seededRandom(seed: string): SeededRandom {
  const digest = (label: string) => createHash('sha256').update(`${seed}\n${label}`).digest();
  const integer = (label: string, minimum: number, maximum: number) =>
    minimum + (digest(label).readUInt32BE(0) % (maximum - minimum + 1));
  return {
    integer,
    pick: <T>(label: string, choices: readonly T[]): T => {
      const choice = choices[integer(label, 0, choices.length - 1)];
      if (choice === undefined) throw new RangeError(`nothing to pick for ${label}`);
      return choice;
    },
    hex: (label, length) => digest(label).toString('hex').slice(0, length),
    uuid: (label) => uuidFrom(digest(label).toString('hex')),
  };
}

function uuidFrom(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

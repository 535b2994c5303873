import { hkdfSync } from 'node:crypto';

export const DATA_KEY_BYTES = 32;
export const KEY_ID_BYTES = 4;

/** A key of the data at rest, with the name that sealed data carry; the name tells nothing of the key. */
export interface DataKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

/**
 * The key of the data kept on this workstation cannot be read now. The data are intact:
 * they open again with the keychain that wrapped the key, or with a saved copy of the key file.
 */
export class DataKeyUnavailableError extends Error {
  constructor(readonly reason: 'missing' | 'undecryptable') {
    super(`the data key is ${reason}`);
    this.name = 'DataKeyUnavailableError';
  }
}

/** The keys that open what is kept; new data are sealed under the current one. */
export interface DataKeys {
  /** @throws {DataKeyUnavailableError} */
  current(): DataKey;
  /** @throws {DataKeyUnavailableError} when this workstation does not hold that key. */
  find(id: Buffer): Buffer;
  /** Key of the data sealed before keys had names. @throws {DataKeyUnavailableError} */
  oldest(): Buffer;
}

export function namedKey(key: Buffer): DataKey {
  return { key, id: Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'instruire data key id', KEY_ID_BYTES)) };
}

/** One key that never changes. */
export function singleKey(key: Buffer): DataKeys {
  const keys = [namedKey(key)];
  return keysOf(() => keys);
}

/**
 * @param list the keys at hand, the current one last.
 * @param problem why no key is current, when former ones may still be at hand.
 */
export function keysOf(list: () => readonly DataKey[], problem: () => DataKeyUnavailableError['reason'] | null = () => null): DataKeys {
  const orMissing = (found: DataKey | undefined): DataKey => {
    if (!found) throw new DataKeyUnavailableError(problem() ?? 'missing');
    return found;
  };
  return {
    current: () => orMissing(problem() === null ? list().at(-1) : undefined),
    find: (id) => orMissing(list().find((one) => one.id.equals(id))).key,
    oldest: () => orMissing(list()[0]).key,
  };
}

/** False when `use` finds that a key is not on this workstation. */
export function isKeyAtHand(use: () => unknown): boolean {
  try {
    use();
    return true;
  } catch (error) {
    if (error instanceof DataKeyUnavailableError) return false;
    throw error;
  }
}

import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

import type { SecretCipher } from './secret-cipher';

export const DATA_KEY_BYTES = 32;
const HEADER = 'instruire-data-key.1.';

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

export interface DataKeyOptions {
  readonly path: string;
  readonly cipher: SecretCipher;
  /** True when sealed data exist: a lost key is then an error, never silently replaced. */
  readonly hasSealedData: () => boolean;
}

/**
 * Reads the data key, or makes it on the very first start.
 * @throws {DataKeyUnavailableError} when data exist and their key does not open.
 */
export function loadDataKey({ path, cipher, hasSealedData }: DataKeyOptions): Buffer {
  if (existsSync(path)) return unwrap(readFileSync(path), cipher);
  if (hasSealedData()) throw new DataKeyUnavailableError('missing');
  const key = randomBytes(DATA_KEY_BYTES);
  writeAtomically(path, Buffer.concat([Buffer.from(`${HEADER}${cipher.kind}\n`), cipher.encrypt(key.toString('base64'))]));
  return key;
}

function unwrap(file: Buffer, cipher: SecretCipher): Buffer {
  const endOfHeader = file.indexOf('\n');
  const header = file.subarray(0, Math.max(0, endOfHeader)).toString('latin1');
  if (header !== `${HEADER}${cipher.kind}`) throw new DataKeyUnavailableError('undecryptable');
  try {
    const key = Buffer.from(cipher.decrypt(file.subarray(endOfHeader + 1)), 'base64');
    if (key.length === DATA_KEY_BYTES) return key;
  } catch {
    // The keychain's own message may quote what it could not open: it is dropped.
  }
  throw new DataKeyUnavailableError('undecryptable');
}

function writeAtomically(path: string, content: Buffer): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

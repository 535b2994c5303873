import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import type { SecretCipher } from './secret-cipher';

/** The file's name says what it is to whoever finds it. */
export const UNPROTECTED_KEY_FILE = 'cle-non-protegee-bac-a-sable.key';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Without a keychain: a key in a file that its owner alone may read. It protects nothing from whoever
 * reads that file, which is why it serves the sandbox only.
 * @throws when the file exists and is not a key, rather than replacing it.
 */
export function createUnprotectedCipher(keyPath: string): SecretCipher {
  const key = readOrCreateKey(keyPath);
  return {
    kind: 'unprotected',
    encrypt(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}

function readOrCreateKey(keyPath: string): Buffer {
  try {
    writeFileSync(keyPath, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(keyPath);
  if (key.length !== KEY_BYTES) throw new Error(`${keyPath} is not a key of ${KEY_BYTES} bytes`);
  return key;
}

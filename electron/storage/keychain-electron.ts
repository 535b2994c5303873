import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { safeStorage } from 'electron';

import type { SecretCipher } from './secret-cipher';
import { createUnprotectedCipher, UNPROTECTED_KEY_FILE } from './unprotected-cipher';

const keychainCipher: SecretCipher = {
  kind: 'keychain',
  encrypt: (plain) => safeStorage.encryptString(plain),
  decrypt: (sealed) => safeStorage.decryptString(sealed),
};

/** The OS keychain, first, when there is one; then the sandbox's key file. To be called once the app is ready. */
export function chooseCiphers(userDataPath: string): readonly [SecretCipher, ...SecretCipher[]] {
  const keyPath = join(userDataPath, UNPROTECTED_KEY_FILE);
  if (!hasKeychain()) return [createUnprotectedCipher(keyPath)];
  // A key file left from before the keychain was there still opens what it sealed; none is made.
  return existsSync(keyPath) ? [keychainCipher, createUnprotectedCipher(keyPath)] : [keychainCipher];
}

/** On Linux without a secret service, Electron encrypts with a fixed key: that is no keychain. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  // Absent before Electron 25.5, which answers « unavailable » above when only the fixed key is left.
  const backend = (safeStorage as Partial<typeof safeStorage>).getSelectedStorageBackend?.();
  return backend !== 'basic_text' && backend !== 'unknown';
}

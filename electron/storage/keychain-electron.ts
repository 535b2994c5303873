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
  const unprotected = createUnprotectedCipher(join(userDataPath, UNPROTECTED_KEY_FILE));
  return hasKeychain() ? [keychainCipher, unprotected] : [unprotected];
}

/** On Linux without a secret service, Electron encrypts with a fixed key: that is no keychain. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  // Absent before Electron 25.5, which answers « unavailable » above when only the fixed key is left.
  const backend = (safeStorage as Partial<typeof safeStorage>).getSelectedStorageBackend?.();
  return backend !== 'basic_text' && backend !== 'unknown';
}

/** Encryption by the OS keychain. `unprotected` exists for the sandbox only and says so on screen. */
export interface SecretCipher {
  readonly kind: 'keychain' | 'unprotected';
  encrypt(plain: string): Buffer;
  /** Throws when the keychain cannot open it now: undecryptable is not absent. */
  decrypt(sealed: Buffer): string;
}

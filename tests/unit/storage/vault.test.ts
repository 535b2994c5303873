import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openDatabase } from '../../../electron/storage/database';
import { Secret } from '../../../electron/storage/secret';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';
import { createUnprotectedCipher } from '../../../electron/storage/unprotected-cipher';
import { createVault, UndecryptableSecretError, vaultSchema } from '../../../electron/storage/vault';

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-vault-'));
  const { database } = openDatabase(join(folder, 'instruire.db'), [vaultSchema]);
  return { folder, database, cipher: createUnprotectedCipher(join(folder, 'cle.key')) };
}

const asKeychain = (cipher: SecretCipher): SecretCipher => ({ kind: 'keychain', encrypt: (plain) => cipher.encrypt(plain), decrypt: (sealed) => cipher.decrypt(sealed) });

it('keeps secrets sealed, across starts', () => {
  const { database, cipher, folder } = setUp();
  createVault(database, cipher).setSecret('journal.seal-key', new Secret('très secret'));
  const again = createVault(database, createUnprotectedCipher(join(folder, 'cle.key')));
  expect(again.secret('journal.seal-key')?.reveal()).toBe('très secret');
  expect(again.secret('absent')).toBeUndefined();
  const { sealed } = database.prepare('SELECT sealed FROM vault_secrets').get() as { sealed: Uint8Array };
  expect(Buffer.from(sealed).includes('secret')).toBe(false);
});

it('the key file is for its owner alone, and a damaged one is not replaced', () => {
  const { folder } = setUp();
  const path = join(folder, 'cle.key');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, 'abîmée');
  expect(() => createUnprotectedCipher(path)).toThrow(/not a key/);
});

it('what cannot be opened is not absent', () => {
  const { database, cipher, folder } = setUp();
  createVault(database, cipher).setSecret('jeton', new Secret('x'));
  const other = createUnprotectedCipher(join(folder, 'autre.key'));
  expect(() => createVault(database, other).secret('jeton')).toThrow(UndecryptableSecretError);
  expect(() => createVault(database, asKeychain(cipher)).secret('jeton')).toThrow(UndecryptableSecretError);
});

it('a keychain that appears takes over what the sandbox had kept', () => {
  const { database, cipher } = setUp();
  createVault(database, cipher).setSecret('jeton', new Secret('x'));
  const keychain = asKeychain(cipher);
  expect(createVault(database, keychain, cipher).secret('jeton')?.reveal()).toBe('x');
  expect(createVault(database, keychain).secret('jeton')?.reveal()).toBe('x');
});

import type { Database, FeatureSchema } from './database';
import { Secret } from './secret';
import type { SecretCipher } from './secret-cipher';

export const vaultSchema: FeatureSchema = {
  feature: 'vault',
  migrations: [
    {
      version: 1,
      sql: `CREATE TABLE vault_secrets (name TEXT PRIMARY KEY, cipher_kind TEXT NOT NULL, sealed BLOB NOT NULL) STRICT;`,
    },
  ],
};

/** The secret is there but the keychain cannot open it now: it must not be taken for absent, nor replaced. */
export class UndecryptableSecretError extends Error {
  constructor(readonly secretName: string, options?: ErrorOptions) {
    super(`Le trousseau du système ne peut pas ouvrir un secret enregistré (${secretName}).`, options);
    this.name = 'UndecryptableSecretError';
  }
}

/** Secrets by name, sealed by the keychain, in the database. */
export interface Vault {
  readonly kind: SecretCipher['kind'];
  /** @throws {UndecryptableSecretError} when it exists and cannot be opened. */
  secret(name: string): Secret | undefined;
  setSecret(name: string, secret: Secret): void;
  removeSecret(name: string): void;
  /** Seals and opens again, and keeps nothing: what the keychain can do now. @throws what the keychain throws. */
  sealAndOpen(secret: Secret): Secret;
}

/**
 * Seals with the first cipher; the others only open what they once sealed, which is then sealed anew,
 * so that a keychain that appears later takes over what the sandbox had kept.
 */
export function createVault(database: Database, current: SecretCipher, ...former: readonly SecretCipher[]): Vault {
  const find = database.prepare('SELECT cipher_kind, sealed FROM vault_secrets WHERE name = ?');
  const save = database.prepare(
    `INSERT INTO vault_secrets (name, cipher_kind, sealed) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET cipher_kind = excluded.cipher_kind, sealed = excluded.sealed`,
  );
  const remove = database.prepare('DELETE FROM vault_secrets WHERE name = ?');

  function setSecret(name: string, secret: Secret): void {
    save.run(name, current.kind, current.encrypt(secret.reveal()));
  }

  function open(name: string, kind: string, sealed: Uint8Array): Secret {
    const cipher = [current, ...former].find((one) => one.kind === kind);
    if (!cipher) throw new UndecryptableSecretError(name);
    try {
      return new Secret(cipher.decrypt(Buffer.from(sealed)));
    } catch (error) {
      throw new UndecryptableSecretError(name, { cause: error });
    }
  }

  return {
    kind: current.kind,
    secret(name) {
      const row = find.get(name) as { cipher_kind: string; sealed: Uint8Array } | undefined;
      if (!row) return undefined;
      const secret = open(name, row.cipher_kind, row.sealed);
      if (row.cipher_kind !== current.kind) setSecret(name, secret);
      return secret;
    },
    setSecret,
    removeSecret(name) {
      remove.run(name);
    },
    sealAndOpen: (secret) => new Secret(current.decrypt(current.encrypt(secret.reveal()))),
  };
}

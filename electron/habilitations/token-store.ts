import { randomUUID } from 'node:crypto';

import { type Database, inTransaction } from '../storage/database';
import type { Secret } from '../storage/secret';
import type { Vault } from '../storage/vault';
import { type TokenClaims, tokenKeyOf } from './token-claims';

/** `current` serves; `staged` waits for its first success, so that a renewal leaves no gap. */
export type TokenSlot = 'current' | 'staged';

export interface StoredToken extends TokenClaims {
  readonly id: string;
  readonly tokenKey: string;
  readonly refusedCode: string | null;
  readonly privileges: readonly string[] | null;
  readonly privilegesCheckedAt: string | null;
}

interface TokenRow {
  id: string;
  token_key: string;
  uid: string | null;
  subject: string | null;
  scopes: string;
  issued_at: string | null;
  expires_at: string | null;
  refused_code: string | null;
  privileges: string | null;
  privileges_checked_at: string | null;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** What is known of tokens in the database, the tokens themselves in the vault. */
export function createTokenStore(database: Database, vault: Vault) {
  function find(habilitationId: string, slot: TokenSlot): StoredToken | undefined {
    const row = database
      .prepare('SELECT * FROM habilitation_tokens WHERE habilitation_id = ? AND slot = ?')
      .get(habilitationId, slot) as TokenRow | undefined;
    return row && tokenOf(row);
  }

  function removeSlot(habilitationId: string, slot: TokenSlot): void {
    const token = find(habilitationId, slot);
    if (!token) return;
    vault.removeSecret(secretName(token.id));
    database.prepare('DELETE FROM habilitation_tokens WHERE id = ?').run(token.id);
  }

  return {
    find,
    /** @throws {UndecryptableSecretError} when the keychain cannot open it. */
    reveal(token: StoredToken): Secret | undefined {
      return vault.secret(secretName(token.id));
    },
    save(habilitationId: string, slot: TokenSlot, token: Secret, claims: TokenClaims, storedAt: string): void {
      inTransaction(database, () => {
        removeSlot(habilitationId, slot);
        const id = randomUUID();
        vault.setSecret(secretName(id), token);
        database
          .prepare(
            `INSERT INTO habilitation_tokens (id, habilitation_id, slot, token_key, uid, subject, scopes, issued_at, expires_at, stored_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            id, habilitationId, slot, tokenKeyOf(token), claims.uid, claims.subject,
            JSON.stringify(claims.scopes), claims.issuedAt, claims.expiresAt, storedAt,
          );
      });
    },
    /** The waiting token takes over; the former one is forgotten, vault included. */
    promote(habilitationId: string): void {
      inTransaction(database, () => {
        if (!find(habilitationId, 'staged')) return;
        removeSlot(habilitationId, 'current');
        database.prepare(`UPDATE habilitation_tokens SET slot = 'current' WHERE habilitation_id = ?`).run(habilitationId);
      });
    },
    setRefused(token: StoredToken, code: string): void {
      database.prepare('UPDATE habilitation_tokens SET refused_code = ? WHERE id = ?').run(code, token.id);
    },
    setPrivileges(token: StoredToken, privileges: readonly string[], checkedAt: string): void {
      database
        .prepare('UPDATE habilitation_tokens SET privileges = ?, privileges_checked_at = ?, refused_code = NULL WHERE id = ?')
        .run(JSON.stringify(privileges), checkedAt, token.id);
    },
    /** Whether another habilitation already holds this very token. */
    holderOf(token: Secret, exceptHabilitationId: string): string | undefined {
      const row = database
        .prepare('SELECT habilitation_id FROM habilitation_tokens WHERE token_key = ? AND habilitation_id <> ?')
        .get(tokenKeyOf(token), exceptHabilitationId) as { habilitation_id: string } | undefined;
      return row?.habilitation_id;
    },
    /** A compromised token leaves the vault at once; what is known of it stays, for the message to the operator. */
    forgetSecret(token: StoredToken): void {
      vault.removeSecret(secretName(token.id));
    },
  };
}

function secretName(tokenId: string): string {
  return `token.${tokenId}`;
}

function tokenOf(row: TokenRow): StoredToken {
  return {
    id: row.id,
    tokenKey: row.token_key,
    uid: row.uid,
    subject: row.subject,
    scopes: JSON.parse(row.scopes) as string[],
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    refusedCode: row.refused_code,
    privileges: row.privileges === null ? null : (JSON.parse(row.privileges) as string[]),
    privilegesCheckedAt: row.privileges_checked_at,
  };
}

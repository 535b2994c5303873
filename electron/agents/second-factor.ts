import { createHash, randomBytes } from 'node:crypto';

import * as OTPAuth from 'otpauth';

import { type Database, inTransaction } from '../storage/database';
import { Secret } from '../storage/secret';
import type { Vault } from '../storage/vault';
import { makeReadableCode } from './readable-code';

const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;

export interface SecondFactorSetup {
  /** Typed by hand where no camera is at hand (base32). */
  readonly secret: string;
  /** `otpauth://` address: what the QR code holds. */
  readonly uri: string;
}

export type SecondFactor = ReturnType<typeof createSecondFactor>;

/** Time-based codes (RFC 6238: SHA-1, 6 digits, 30 s, which every application reads) and recovery codes. */
export function createSecondFactor(database: Database, vault: Vault, now: () => number) {
  /** Secrets shown but not confirmed yet: forgotten with the process. */
  const pending = new Map<string, Secret>();

  /** A step of time is accepted once: a code read over the shoulder is already spent. */
  function spendStep(agentId: string, step: number): boolean {
    const result = database.prepare('UPDATE second_factors SET last_step = ? WHERE agent_id = ? AND last_step < ?').run(step, agentId, step);
    return Number(result.changes) === 1;
  }

  function spendRecoveryCode(agentId: string, code: string): boolean {
    const result = database.prepare('DELETE FROM recovery_codes WHERE agent_id = ? AND code_hash = ?').run(agentId, hashOf(code));
    return Number(result.changes) === 1;
  }

  function remove(agentId: string): void {
    inTransaction(database, () => {
      database.prepare('DELETE FROM recovery_codes WHERE agent_id = ?').run(agentId);
      database.prepare('DELETE FROM second_factors WHERE agent_id = ?').run(agentId);
      vault.removeSecret(secretName(agentId));
    });
  }

  return {
    isOn(agentId: string): boolean {
      return database.prepare('SELECT 1 FROM second_factors WHERE agent_id = ?').get(agentId) !== undefined;
    },

    recoveryCodesLeft(agentId: string): number {
      const row = database.prepare('SELECT COUNT(*) AS left FROM recovery_codes WHERE agent_id = ?').get(agentId) as { left: number };
      return row.left;
    },

    /** @throws {UndecryptableSecretError} when the keychain is closed. */
    accept(agentId: string, code: string): boolean {
      const compact = code.replace(/[\s-]/g, '').toLowerCase();
      if (!/^\d{6}$/.test(compact)) return spendRecoveryCode(agentId, compact);
      const secret = vault.secret(secretName(agentId));
      const step = secret && stepOf(secret, compact, now());
      return step !== undefined && spendStep(agentId, step);
    },

    begin(agentId: string, login: string): SecondFactorSetup {
      const key = new OTPAuth.Secret({ buffer: new Uint8Array(randomBytes(20)).buffer });
      pending.set(agentId, new Secret(key.base32));
      return { secret: key.base32, uri: totpOf(key.base32, login).toString() };
    },

    /** Whether the code shows that the application was set up; checked before anything is traced or kept. */
    isPendingCode(agentId: string, code: string): boolean {
      const secret = pending.get(agentId);
      return secret !== undefined && stepOf(secret, code.replace(/\s/g, ''), now()) !== undefined;
    },

    /** Turns it on. @returns the recovery codes, shown once. */
    confirm(agentId: string): readonly string[] {
      const secret = pending.get(agentId);
      if (!secret) throw new Error('no second factor was begun');
      const codes = Array.from({ length: RECOVERY_CODES }, makeReadableCode);
      remove(agentId);
      inTransaction(database, () => {
        vault.setSecret(secretName(agentId), secret);
        database.prepare('INSERT INTO second_factors (agent_id, last_step) VALUES (?, ?)').run(agentId, currentStep(now()));
        const insert = database.prepare('INSERT INTO recovery_codes (agent_id, code_hash) VALUES (?, ?)');
        for (const code of codes) insert.run(agentId, hashOf(code.replace(/-/g, '')));
      });
      pending.delete(agentId);
      return codes;
    },

    remove,
  };
}

function secretName(agentId: string): string {
  return `second-factor.${agentId}`;
}

function totpOf(base32: string, label: string): OTPAuth.TOTP {
  return new OTPAuth.TOTP({ issuer: 'Instruire', label, secret: base32, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });
}

/** The step of time of a right code, one step of drift each way allowed; undefined for a wrong one. */
function stepOf(secret: Secret, code: string, nowMs: number): number | undefined {
  const delta = totpOf(secret.reveal(), '').validate({ token: code, timestamp: nowMs, window: 1 });
  return delta === null ? undefined : currentStep(nowMs) + delta;
}

function currentStep(nowMs: number): number {
  return Math.floor(nowMs / 1_000 / STEP_SECONDS);
}

/** Recovery codes hold 79 bits: a plain hash is enough. */
function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

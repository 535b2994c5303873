import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

import { canonicalText } from './format';

/** The workstation's Ed25519 key. Whoever keeps it (keychain) hands in only what the journal needs. */
export interface SealKey {
  /** SubjectPublicKeyInfo, DER. */
  publicKey(): Buffer;
  sign(bytes: Buffer): Buffer;
}

export interface Seal {
  readonly seq: number;
  readonly hash: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Base64 of the SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** Base64 of the Ed25519 signature. */
  readonly signature: string;
}

/** A new key; the second value is its PKCS #8, to be kept encrypted and nowhere else. */
export function generateSealKey(): { readonly key: SealKey; readonly pkcs8: Buffer } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { key: toSealKey(privateKey), pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}

export function sealKeyFromPrivate(pkcs8: Buffer): SealKey {
  return toSealKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
}

function toSealKey(privateKey: KeyObject): SealKey {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { publicKey: () => spki, sign: (bytes) => sign(null, bytes, privateKey) };
}

/** What a seal signs: that the row `seq` had this hash at this time. */
export function sealMessage(seal: Pick<Seal, 'seq' | 'hash' | 'at'>): Buffer {
  return Buffer.from(canonicalText({ at: seal.at, hash: seal.hash, seq: seal.seq, type: 'instruire.journal.seal', v: 1 }), 'utf8');
}

export function makeSeal(key: SealKey, seq: number, hash: string, at: number): Seal {
  const signature = key.sign(sealMessage({ seq, hash, at })).toString('base64');
  return { seq, hash, at, publicKey: key.publicKey().toString('base64'), signature };
}

/** True when the seal was made by the key that it names. */
export function isSealGenuine(seal: Seal): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, sealMessage(seal), key, Buffer.from(seal.signature, 'base64'));
  } catch {
    return false;
  }
}

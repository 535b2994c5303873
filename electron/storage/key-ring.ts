import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { DATA_KEY_BYTES, type DataKey, type DataKeys, type DataKeyUnavailableError, keysOf, namedKey } from './data-key';
import type { SecretCipher } from './secret-cipher';

const HEADER = 'instruire-data-key';
/** One key, bare: what the first releases wrote. */
const BARE_FORMAT = '1';
/** Keys in base64, the current one last, one a line. */
const RING_FORMAT = '2';
const LONGEST_HEADER = 64;

/** The keys of the data at rest, in a file wrapped by the keychain. */
export interface KeyRing extends DataKeys {
  /** Why nothing opens; null when there is a current key. */
  problem(): DataKeyUnavailableError['reason'] | null;
  /** True while data may still be sealed under a former key. */
  hasFormerKeys(): boolean;
  /** A new current key, on disk before this returns; the former ones still open what they sealed. */
  addKey(): void;
  /** Forgets the former keys for good: nothing may be sealed under them any more. */
  dropFormerKeys(): void;
}

export interface KeyRingOptions {
  readonly path: string;
  /** The keychain first; the others only open what they once wrapped. */
  readonly ciphers: readonly [SecretCipher, ...SecretCipher[]];
  /** True when sealed data exist: a lost key is then said, never silently replaced. */
  readonly hasSealedData: () => boolean;
}

/**
 * Reads the keys, or makes the first one on the very first start. Without the keys of data that exist the ring
 * is closed: every use throws a {@link DataKeyUnavailableError}, until {@link KeyRing.addKey} or their return.
 */
export function openKeyRing({ path, ciphers, hasSealedData }: KeyRingOptions): KeyRing {
  const file = existsSync(path) ? readKeys(path, ciphers) : [];
  let keys: readonly DataKey[] = [...keysBeside(path, ciphers), ...(file ?? [])];
  let problem: DataKeyUnavailableError['reason'] | null = file === null ? 'undecryptable' : keys.length > 0 ? null : 'missing';

  const write = (next: readonly DataKey[]): void => {
    writeDurably(path, wrap(next, ciphers[0]));
    keys = next;
  };
  const addKey = (): void => {
    if (problem === 'undecryptable') renameSync(path, join(dirname(path), `data-illisible-${randomBytes(4).toString('hex')}.key`));
    write([...keys, namedKey(randomBytes(DATA_KEY_BYTES))]);
    problem = null;
  };
  if (problem === 'missing' && !hasSealedData()) addKey();
  // A keychain that appears later takes over what the sandbox's key file had wrapped.
  if (problem === null && existsSync(path) && readKeys(path, ciphers.slice(0, 1)) === null) write(keys);

  return {
    ...keysOf(() => keys, () => problem),
    problem: () => problem,
    hasFormerKeys: () => problem === null && keys.length > 1,
    addKey,
    dropFormerKeys: () => {
      write(keys.slice(-1));
      for (const beside of filesBeside(path)) if (readKeys(beside, ciphers) !== null) rmSync(beside);
    },
  };
}

/** Whether the file was written in a format that came after {@link RING_FORMAT}. */
export function isKeyFileNewer(path: string): boolean {
  if (!existsSync(path)) return false;
  const [name, format] = readFileSync(path).subarray(0, LONGEST_HEADER).toString('latin1').split('.');
  return name === HEADER && /^\d{1,4}$/.test(format ?? '') && Number(format) > Number(RING_FORMAT);
}

/** Null: the keychain cannot open the file, which is kept as it is. */
function readKeys(path: string, ciphers: readonly SecretCipher[]): readonly DataKey[] | null {
  const file = readFileSync(path);
  const endOfHeader = file.indexOf('\n');
  const [name, format, kind] = file.subarray(0, Math.max(0, endOfHeader)).toString('latin1').split('.');
  const cipher = ciphers.find((one) => one.kind === kind);
  if (name !== HEADER || !cipher || (format !== BARE_FORMAT && format !== RING_FORMAT)) return null;
  try {
    const keys = cipher.decrypt(file.subarray(endOfHeader + 1)).split('\n').map((line) => Buffer.from(line, 'base64'));
    return keys.every((key) => key.length === DATA_KEY_BYTES) ? keys.map(namedKey) : null;
  } catch {
    // The keychain's own message may quote what it could not open: it is dropped.
    return null;
  }
}

/** Files set aside when a new key was made, and saved copies put back: `data-….key`. */
function filesBeside(path: string): readonly string[] {
  const stem = basename(path, '.key');
  return readdirSync(dirname(path)).filter((name) => name.startsWith(`${stem}-`) && name.endsWith('.key')).map((name) => join(dirname(path), name));
}

function keysBeside(path: string, ciphers: readonly SecretCipher[]): readonly DataKey[] {
  return filesBeside(path).flatMap((beside) => readKeys(beside, ciphers) ?? []);
}

function wrap(keys: readonly DataKey[], cipher: SecretCipher): Buffer {
  const lines = keys.map(({ key }) => key.toString('base64')).join('\n');
  return Buffer.concat([Buffer.from(`${HEADER}.${RING_FORMAT}.${cipher.kind}\n`), cipher.encrypt(lines)]);
}

/** What is sealed next depends on this file: it, and its name, must outlive a power cut. */
function writeDurably(path: string, content: Buffer): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

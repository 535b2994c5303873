import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

import { type DataKeys, KEY_ID_BYTES } from './data-key';
import { giveBack } from './spent-memory';

/** Sealed bytes that do not open: cut, altered, sealed for another place, or under another key. */
export class SealedDataError extends Error {
  constructor() {
    super('sealed data cannot be opened');
    this.name = 'SealedDataError';
  }
}

/**
 * AES-256-GCM under the data keys: what is sealed names its key, so that a new one can take over step by step.
 * Without the key at hand every method throws a `DataKeyUnavailableError`. `place` (e.g. `answer:<id>`) is authenticated with the data, so that
 * a sealed value moved to another row or file does not open there.
 */
export interface DataCipher {
  seal(plain: Buffer, place: string): Buffer;
  /** @throws {SealedDataError} */
  open(sealed: Buffer, place: string): Buffer;
  /**
   * Seals a stream by chunks, handed over in pieces; a missing, moved or added chunk is detected at opening.
   * @param plain taken over: the memory of each piece is given back once it is sealed.
   */
  sealStream(plain: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer>;
  /**
   * Nothing is handed over before its chunk is verified.
   * @param sealed taken over, as by {@link sealStream}.
   * @throws {SealedDataError} while being read.
   */
  openStream(sealed: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer>;
  /** First bytes of everything that is sealed from now on: what starts otherwise is under a former key. */
  currentPrefix(): Buffer;
  /** @throws {DataKeyUnavailableError} when the key of what starts so is not at hand; damage is told by the reading itself. */
  assertKeyAtHand(prefix: Buffer): void;
}

/** Sealed before keys had names. */
const NAMELESS = 1;
const NAMED = 2;
const VERSION_BYTES = 1;
/** Bytes of {@link DataCipher.currentPrefix}. */
export const PREFIX_BYTES = VERSION_BYTES + KEY_ID_BYTES;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

export function createDataCipher(keys: DataKeys): DataCipher {
  const currentPrefix = () => Buffer.concat([Buffer.from([NAMED]), keys.current().id]);
  return {
    currentPrefix,
    assertKeyAtHand: (prefix) => {
      if (prefix.length === PREFIX_BYTES && (prefix[0] === NAMED || prefix[0] === NAMELESS)) readPrefix(keys, prefix);
    },
    seal: (plain, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      return Buffer.concat([currentPrefix(), nonce, ...encrypt(keys.current().key, nonce, [plain], place)]);
    },
    open: (sealed, place) => {
      const { key, rest } = readPrefix(keys, sealed);
      return decrypt(key, rest.subarray(0, NONCE_BYTES), rest.subarray(NONCE_BYTES), place);
    },
    sealStream: (plain, place) => sealStream(keys, currentPrefix(), plain, place),
    openStream: (sealed, place) => openStream(keys, sealed, place),
  };
}

/** The key that sealed these bytes, and what follows its name. */
function readPrefix(keys: DataKeys, sealed: Buffer): { readonly key: Buffer; readonly rest: Buffer } {
  if (sealed[0] === NAMELESS) return { key: keys.oldest(), rest: sealed.subarray(VERSION_BYTES) };
  if (sealed[0] !== NAMED || sealed.length < PREFIX_BYTES) throw new SealedDataError();
  return { key: keys.find(sealed.subarray(VERSION_BYTES, PREFIX_BYTES)), rest: sealed.subarray(PREFIX_BYTES) };
}

/** Header: prefix and salt. Each stream has its own key, so that counter nonces never meet again. */
async function* sealStream(keys: DataKeys, prefix: Buffer, plain: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = streamKey(readPrefix(keys, prefix).key, salt);
  yield Buffer.concat([prefix, salt]);
  for await (const { parts, index, isLast } of chunked(plain, CHUNK_BYTES)) {
    yield* encrypt(key, counterNonce(index, isLast), parts, place);
  }
}

async function* openStream(keys: DataKeys, sealed: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer> {
  let key: Buffer | undefined;
  for await (const { parts, index, isLast } of chunked(sealed, SEALED_CHUNK_BYTES, headerBytes)) {
    const bytes = Buffer.concat(parts);
    if (index === HEADER_INDEX) {
      const { key: dataKey, rest } = readPrefix(keys, bytes);
      if (rest.length !== SALT_BYTES || isLast) throw new SealedDataError();
      key = streamKey(dataKey, rest);
      continue;
    }
    if (!key) throw new SealedDataError();
    yield decrypt(key, counterNonce(index, isLast), bytes, place);
  }
}

function headerBytes(version: number | undefined): number {
  return (version === NAMELESS ? VERSION_BYTES : PREFIX_BYTES) + SALT_BYTES;
}

const HEADER_INDEX = -1;

interface Chunk {
  /** As they came: joining them would copy every byte once more. */
  readonly parts: readonly Buffer[];
  readonly index: number;
  readonly isLast: boolean;
}

/**
 * Cuts a stream into equal chunks; there is always a last one, maybe empty. Their memory is given back when the next is asked for.
 * @param headerBytes length of the header that comes first, told by the stream's first byte.
 */
async function* chunked(source: AsyncIterable<Buffer>, chunkBytes: number, headerBytes?: (first: number | undefined) => number): AsyncGenerator<Chunk> {
  let parts: Buffer[] = [];
  let spent: Buffer[] = [];
  let bytes = 0;
  let index = headerBytes ? HEADER_INDEX : 0;
  for await (const part of source) {
    for (let rest = part; rest.length > 0; ) {
      const wanted = index === HEADER_INDEX && headerBytes ? headerBytes((parts[0] ?? rest)[0]) : chunkBytes;
      // A full chunk waits for one more byte: only the end of the stream says which one is the last.
      if (bytes === wanted) {
        yield { parts, index, isLast: false };
        spent.forEach(giveBack);
        spent = [];
        parts = [];
        bytes = 0;
        index += 1;
        continue;
      }
      const taken = rest.subarray(0, wanted - bytes);
      parts.push(taken);
      bytes += taken.length;
      rest = rest.subarray(taken.length);
    }
    spent.push(part);
  }
  yield { parts, index, isLast: true };
  spent.forEach(giveBack);
}

function counterNonce(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(index, NONCE_BYTES - 5);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}

function streamKey(dataKey: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, 'instruire stream 1', 32));
}

/** Preparing a key costs three times what sealing an answer with it does: it is done once a key. */
const prepared = new WeakMap<Buffer, KeyObject>();

function prepare(key: Buffer): KeyObject {
  const known = prepared.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  prepared.set(key, made);
  return made;
}

function encrypt(key: Buffer, nonce: Buffer, plain: readonly Buffer[], place: string): readonly Buffer[] {
  const cipher = createCipheriv('aes-256-gcm', prepare(key), nonce).setAAD(Buffer.from(place));
  const sealed = plain.map((part) => cipher.update(part));
  // In this mode nothing is left to come at the end but the tag.
  cipher.final();
  return [...sealed, cipher.getAuthTag()];
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer, place: string): Buffer {
  if (sealed.length < TAG_BYTES || nonce.length !== NONCE_BYTES) throw new SealedDataError();
  try {
    const decipher = createDecipheriv('aes-256-gcm', prepare(key), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new SealedDataError();
  }
}

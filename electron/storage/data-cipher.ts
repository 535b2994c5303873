import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Sealed bytes that do not open: cut, altered, sealed for another place, or under another key. */
export class SealedDataError extends Error {
  constructor() {
    super('sealed data cannot be opened');
    this.name = 'SealedDataError';
  }
}

/**
 * AES-256-GCM under the data key. `place` (e.g. `answer:<id>`) is authenticated with the data, so that
 * a sealed value moved to another row or file does not open there.
 */
export interface DataCipher {
  seal(plain: Buffer, place: string): Buffer;
  /** @throws {SealedDataError} */
  open(sealed: Buffer, place: string): Buffer;
  /** Seals a stream by chunks; a missing, moved or added chunk is detected at opening. */
  sealStream(plain: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer>;
  /** @throws {SealedDataError} while being read; nothing is handed over before its chunk is verified. */
  openStream(sealed: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer>;
}

const VERSION = Buffer.from([1]);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

export function createDataCipher(dataKey: Buffer): DataCipher {
  return {
    seal: (plain, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      return Buffer.concat([VERSION, nonce, encrypt(dataKey, nonce, plain, place)]);
    },
    open: (sealed, place) => {
      if (sealed[0] !== VERSION[0]) throw new SealedDataError();
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      return decrypt(dataKey, nonce, sealed.subarray(1 + NONCE_BYTES), place);
    },
    sealStream: (plain, place) => sealStream(dataKey, plain, place),
    openStream: (sealed, place) => openStream(dataKey, sealed, place),
  };
}

/** Header: version and salt. Each stream has its own key, so that counter nonces never meet again. */
async function* sealStream(dataKey: Buffer, plain: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = streamKey(dataKey, salt);
  yield Buffer.concat([VERSION, salt]);
  for await (const { bytes, index, isLast } of chunked(plain, CHUNK_BYTES)) {
    yield encrypt(key, counterNonce(index, isLast), bytes, place);
  }
}

async function* openStream(dataKey: Buffer, sealed: AsyncIterable<Buffer>, place: string): AsyncGenerator<Buffer> {
  let key: Buffer | undefined;
  for await (const { bytes, index, isLast } of chunked(sealed, SEALED_CHUNK_BYTES, VERSION.length + SALT_BYTES)) {
    if (index === HEADER_INDEX) {
      if (bytes[0] !== VERSION[0] || bytes.length !== VERSION.length + SALT_BYTES || isLast) throw new SealedDataError();
      key = streamKey(dataKey, bytes.subarray(VERSION.length));
      continue;
    }
    if (!key) throw new SealedDataError();
    yield decrypt(key, counterNonce(index, isLast), bytes, place);
  }
}

const HEADER_INDEX = -1;

interface Chunk {
  readonly bytes: Buffer;
  readonly index: number;
  readonly isLast: boolean;
}

/** Cuts a stream into equal chunks after an optional header; there is always a last one, maybe empty. */
async function* chunked(source: AsyncIterable<Buffer>, chunkBytes: number, headerBytes = 0): AsyncGenerator<Chunk> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let index = headerBytes > 0 ? HEADER_INDEX : 0;
  for await (const part of source) {
    pending.push(part);
    pendingBytes += part.length;
    let wanted = index === HEADER_INDEX ? headerBytes : chunkBytes;
    // A full chunk waits for one more byte: only the end of the stream says which one is the last.
    if (pendingBytes <= wanted) continue;
    let joined = Buffer.concat(pending);
    while (joined.length > wanted) {
      yield { bytes: joined.subarray(0, wanted), index, isLast: false };
      joined = joined.subarray(wanted);
      index += 1;
      wanted = chunkBytes;
    }
    pending = [joined];
    pendingBytes = joined.length;
  }
  yield { bytes: Buffer.concat(pending), index, isLast: true };
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

function encrypt(key: Buffer, nonce: Buffer, plain: Buffer, place: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer, place: string): Buffer {
  if (sealed.length < TAG_BYTES || nonce.length !== NONCE_BYTES) throw new SealedDataError();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new SealedDataError();
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDataCipher, SealedDataError } from '../../../electron/storage/data-cipher';
import { DataKeyUnavailableError, loadDataKey } from '../../../electron/storage/data-key';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';

const cipher = createDataCipher(Buffer.alloc(32, 1));
const CHUNK = 64 * 1024;

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

describe('a sealed value', () => {
  it('opens where it was sealed, and nowhere else', () => {
    const sealed = cipher.seal(Buffer.from('bilan'), 'answer:1');
    expect(cipher.open(sealed, 'answer:1').toString()).toBe('bilan');
    expect(() => cipher.open(sealed, 'answer:2')).toThrow(SealedDataError);
    expect(() => createDataCipher(Buffer.alloc(32, 2)).open(sealed, 'answer:1')).toThrow(SealedDataError);
    expect(() => cipher.open(Buffer.alloc(0), 'answer:1')).toThrow(SealedDataError);
  });

  it('does not open once any byte changed', () => {
    const sealed = cipher.seal(Buffer.from('bilan'), 'a');
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(() => cipher.open(altered, 'a')).toThrow(SealedDataError);
    }
  });
});

describe('a sealed stream', () => {
  it('gives back any content, however it is cut on the way', async () => {
    const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5));
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 50, max: 200_000 }), fc.integer({ min: 50, max: 200_000 }), async (length, first, second) => {
        const plain = Buffer.alloc(length, 'abcdefg');
        const sealed = await all(cipher.sealStream(cut(plain, first), 'd'));
        expect((await all(cipher.openStream(cut(sealed, second), 'd'))).equals(plain)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('tells that chunks are missing at the end, moved or repeated', async () => {
    const sealed = await all(cipher.sealStream(cut(Buffer.alloc(3 * CHUNK, 'x'), CHUNK), 'd'));
    const header = sealed.subarray(0, 33);
    const part = (index: number) => sealed.subarray(33 + index * (CHUNK + 16), 33 + (index + 1) * (CHUNK + 16));
    const broken = [
      sealed.subarray(0, -1),
      header,
      Buffer.concat([header, part(0), part(1)]),
      Buffer.concat([header, part(1), part(0), part(2)]),
      Buffer.concat([header, part(0), part(0), part(1), part(2)]),
      Buffer.concat([sealed, part(2)]),
    ];
    for (const bytes of broken) await expect(all(cipher.openStream(cut(bytes, 10_000), 'd'))).rejects.toThrow(SealedDataError);
  });
});

describe('the data key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'instruire-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keychain: SecretCipher = {
    kind: 'keychain',
    encrypt: (plain) => Buffer.from(plain).map((byte) => byte ^ 0x55) as Buffer,
    decrypt: (sealed) => Buffer.from(Buffer.from(sealed).map((byte) => byte ^ 0x55)).toString(),
  };

  it('is made once and found again', () => {
    const options = { path: join(folder, 'key'), cipher: keychain, hasSealedData: () => false };
    expect(loadDataKey(options).equals(loadDataKey({ ...options, hasSealedData: () => true }))).toBe(true);
  });

  it('is never replaced while data exist', () => {
    const options = { path: join(folder, 'key'), cipher: keychain, hasSealedData: () => true };
    expect(() => loadDataKey(options)).toThrow(new DataKeyUnavailableError('missing'));
    writeFileSync(options.path, 'abîmé');
    expect(() => loadDataKey({ ...options, hasSealedData: () => false })).toThrow(new DataKeyUnavailableError('undecryptable'));
  });

  it('does not open when the keychain refuses', () => {
    const options = { path: join(folder, 'key'), cipher: keychain, hasSealedData: () => false };
    loadDataKey(options);
    const locked: SecretCipher = {
      ...keychain,
      decrypt: () => {
        throw new Error('keychain locked');
      },
    };
    expect(() => loadDataKey({ ...options, cipher: locked })).toThrow(DataKeyUnavailableError);
  });
});

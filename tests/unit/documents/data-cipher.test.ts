import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDataCipher, PREFIX_BYTES, SealedDataError } from '../../../electron/storage/data-cipher';
import { DataKeyUnavailableError, keysOf, namedKey, singleKey } from '../../../electron/storage/data-key';
import { type KeyRing, openKeyRing } from '../../../electron/storage/key-ring';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';

const cipher = createDataCipher(singleKey(Buffer.alloc(32, 1)));
/** Version, name of the key, salt. */
const HEADER_BYTES = 1 + 4 + 32;
const CHUNK = 64 * 1024;

/** Copies: the memory of a stream's pieces is given back once they are read. */
async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield Buffer.from(bytes.subarray(start, start + size));
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
    expect(() => createDataCipher(singleKey(Buffer.alloc(32, 2))).open(sealed, 'answer:1')).toThrow(DataKeyUnavailableError);
    expect(() => cipher.open(Buffer.alloc(0), 'answer:1')).toThrow(SealedDataError);
  });

  it('does not open once any byte changed', () => {
    const sealed = cipher.seal(Buffer.from('bilan'), 'a');
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(() => cipher.open(altered, 'a')).toThrow(index >= 1 && index < 5 ? DataKeyUnavailableError : SealedDataError);
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

  it('gives back the memory of the pieces that it read, and of nothing that lies beside them', async () => {
    const piece = () => Buffer.alloc(100_000, 'x');
    const [whole, other, empty, last] = [piece(), piece(), Buffer.alloc(0), piece()];
    const pieces = async function* () {
      yield* [whole, other.subarray(0, 99_999), empty, last];
    };
    await all(cipher.sealStream(pieces(), 'd'));
    expect([whole, other, last].map(({ length }) => length)).toEqual([0, 100_000, 0]);
    // The network library tells one and the same empty piece time and again.
    expect(() => new Uint8Array(1).set(empty)).not.toThrow();
  });

  it('tells that chunks are missing at the end, moved or repeated', async () => {
    const sealed = await all(cipher.sealStream(cut(Buffer.alloc(3 * CHUNK, 'x'), CHUNK), 'd'));
    const header = sealed.subarray(0, HEADER_BYTES);
    const part = (index: number) => sealed.subarray(HEADER_BYTES + index * (CHUNK + 16), HEADER_BYTES + (index + 1) * (CHUNK + 16));
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

describe('a new key', () => {
  const former = namedKey(Buffer.alloc(32, 1));
  const both = createDataCipher(keysOf(() => [former, namedKey(Buffer.alloc(32, 2))]));

  it('seals what comes, and the former one still opens what it sealed', async () => {
    expect(both.open(cipher.seal(Buffer.from('bilan'), 'a'), 'a').toString()).toBe('bilan');
    expect((await all(both.openStream(cipher.sealStream(cut(Buffer.from('acte'), 2), 'd'), 'd'))).toString()).toBe('acte');
    const sealed = both.seal(Buffer.from('bilan'), 'a');
    expect(sealed.subarray(0, PREFIX_BYTES).equals(both.currentPrefix())).toBe(true);
    expect(() => cipher.open(sealed, 'a')).toThrow(DataKeyUnavailableError);
  });
});

describe('the key ring', () => {
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
  const locked: SecretCipher = {
    ...keychain,
    decrypt: () => {
      throw new Error('keychain locked');
    },
  };
  /** Where what seals has no check of its own, the wrong key may give a text in place of a refusal. */
  const answering = (text: string): SecretCipher => ({ ...keychain, decrypt: () => text });
  const open = (hasData: boolean, cipherOf: SecretCipher = keychain): KeyRing =>
    openKeyRing({ path: join(folder, 'data.key'), ciphers: [cipherOf], hasSealedData: () => hasData });

  it('is made once and found again', () => {
    expect(open(false).current().key.equals(open(true).current().key)).toBe(true);
  });

  it.each<[string, (path: string) => void, SecretCipher, 'missing' | 'undecryptable']>([
    ['is missing', (path) => rmSync(path), keychain, 'missing'],
    ['is damaged', (path) => writeFileSync(path, 'abîmé'), keychain, 'undecryptable'],
    ['is not opened by the keychain', () => undefined, locked, 'undecryptable'],
    ['is opened to nothing by the keychain', () => undefined, answering(''), 'undecryptable'],
    ['is opened to noise by the keychain', () => undefined, answering('\ufffd\u0000é\n\nAAAA'), 'undecryptable'],
    ['is opened to a longer key by the keychain', () => undefined, answering(Buffer.alloc(33).toString('base64')), 'undecryptable'],
  ])('is closed and never replaced by itself when its file %s and data exist', (_name, change, cipherOf, problem) => {
    const former = open(false).current().id;
    change(join(folder, 'data.key'));
    const closed = open(true, cipherOf);
    expect(closed.problem()).toBe(problem);
    expect(() => closed.current()).toThrow(new DataKeyUnavailableError(problem));
    expect(() => closed.find(former)).toThrow(new DataKeyUnavailableError(problem));
  });

  it('starts again with a new key when asked, and takes the former one back when its file returns', () => {
    const former = open(false).current();
    const saved = readFileSync(join(folder, 'data.key'));
    writeFileSync(join(folder, 'data.key'), 'abîmé');
    const again = open(true);
    again.addKey();
    expect(again.problem()).toBeNull();
    expect(readdirSync(folder).filter((name) => name.startsWith('data-illisible-'))).toHaveLength(1);
    writeFileSync(join(folder, 'data-sauvegarde.key'), saved);
    const restored = open(true);
    expect(restored.find(former.id).equals(former.key)).toBe(true);
    expect(restored.current().id.equals(again.current().id)).toBe(true);
    restored.dropFormerKeys();
    expect(() => open(true).find(former.id)).toThrow(DataKeyUnavailableError);
  });

  it('opens what the first releases sealed, whose keys had no name', () => {
    const key = Buffer.alloc(32, 9);
    writeFileSync(join(folder, 'data.key'), Buffer.concat([Buffer.from('instruire-data-key.1.keychain\n'), keychain.encrypt(key.toString('base64'))]));
    expect(open(true).oldest().equals(key)).toBe(true);
  });
});

import { unreadable } from './table';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes enough to tell the two-byte encodings from the others. */
const HEAD_BYTES = 4_096;
/** Share of zeros at one parity above which a text is in two-byte units. */
const ZERO_SHARE = 0.3;

/**
 * Encoding of a text: its byte order mark, the zeros of two-byte units, else UTF-8 when every byte agrees with it,
 * else the one of Excel in French. Reads the text once.
 */
export async function encodingOf(bytes: AsyncIterable<Buffer>): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  let isUtf8 = true;
  for await (const chunk of bytes) {
    if (isFirst) {
      const wide = twoByteEncoding(chunk.subarray(0, HEAD_BYTES));
      if (wide) return wide;
      isFirst = false;
    }
    isUtf8 = isUtf8 && decodes(utf8, chunk, true);
    if (!isUtf8) break;
  }
  return isUtf8 && decodes(utf8, Buffer.alloc(0), false) ? 'utf-8' : 'windows-1252';
}

/** Text of bytes, piece by piece, without its byte order mark. */
export async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function twoByteEncoding(head: Buffer): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let index = 0; index < head.length; index += 1) if (head[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = head.length / 2;
  if (odd > half * ZERO_SHARE && even < odd) return 'utf-16le';
  if (even > half * ZERO_SHARE) return 'utf-16be';
  if (even + odd > 0) throw unreadable('Ce fichier n’est pas un texte\u00a0: choisissez un fichier CSV, Excel (.xlsx) ou OpenDocument (.ods).');
  return null;
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}

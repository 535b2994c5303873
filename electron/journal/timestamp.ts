import { randomBytes } from 'node:crypto';


import { decode, descend, encode, encodeInteger, TAG } from './der';

export interface Timestamp {
  /** Milliseconds since the Unix epoch, as the authority said. */
  readonly stampedAt: number;
  /** DER TimeStampToken. */
  readonly token: Buffer;
}

/** Posts a query and gives back the answer's status and body; the application's HTTP client does. */
export type PostQuery = (url: URL, body: Buffer, headers: Readonly<Record<string, string>>) => Promise<{ readonly status: number; readonly body: Buffer }>;

/** An RFC 3161 authority and the way to it. */
export interface TimestampAuthority {
  readonly url: URL;
  readonly post: PostQuery;
}

/** The authority did not give a usable timestamp; the message is a French sentence. */
export class TimestampError extends Error {
  override name = 'TimestampError';
}

const SHA256_OID = Buffer.from('608648016503040201', 'hex');
const NONCE_BYTES = 8;
const GRANTED = [0, 1];

/**
 * Asks an RFC 3161 authority to stamp a SHA-256 digest and checks that the answer is about it.
 * The authority's certificate is judged by whoever checks the token later, with the roots that he trusts.
 * @throws {TimestampError} (rejects)
 */
export async function requestTimestamp(authority: TimestampAuthority, digest: Buffer): Promise<Timestamp> {
  const nonce = randomBytes(NONCE_BYTES);
  // Never zero first: a DER integer has no leading zeros.
  nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f);
  const answer = await ask(authority, encodeRequest(digest, nonce));
  try {
    return readAnswer(answer, digest, nonce);
  } catch (error) {
    if (error instanceof TimestampError) throw error;
    throw new TimestampError('La réponse de l’autorité d’horodatage est illisible.', { cause: error });
  }
}

function encodeRequest(digest: Buffer, nonce: Buffer): Buffer {
  return encode(
    TAG.sequence,
    encodeInteger(Buffer.from([1])),
    encode(TAG.sequence, encode(TAG.sequence, encode(TAG.oid, SHA256_OID), encode(TAG.null)), encode(TAG.octetString, digest)),
    encodeInteger(nonce),
    encode(TAG.boolean, Buffer.from([0xff])),
  );
}

async function ask({ url, post }: TimestampAuthority, body: Buffer): Promise<Buffer> {
  try {
    const answer = await post(url, body, { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' });
    if (answer.status !== 200) throw new RangeError(`status ${answer.status}`);
    return answer.body;
  } catch (error) {
    throw new TimestampError('L’autorité d’horodatage n’a pas répondu. L’horodatage sera à refaire.', { cause: error });
  }
}

function readAnswer(answer: Buffer, digest: Buffer, nonce: Buffer): Timestamp {
  const status = descend(answer, 0, 0, 0).content.readUInt8(0);
  if (!GRANTED.includes(status)) throw new TimestampError('L’autorité d’horodatage a refusé la demande.');
  const token = descend(answer, 0, 1).whole;
  const info = readTimestampToken(token);
  if (!info.digest.equals(digest) || !info.integers.some((value) => value.equals(nonce))) {
    throw new TimestampError('L’autorité d’horodatage a répondu à une autre demande.');
  }
  return { stampedAt: info.stampedAt, token };
}

/** What a token says: which digest it stamps, and when. */
export function readTimestampToken(token: Buffer): { readonly digest: Buffer; readonly stampedAt: number; readonly integers: readonly Buffer[] } {
  // ContentInfo → [0] → SignedData → encapContentInfo → [0] → OCTET STRING → TSTInfo.
  const info = decode(descend(token, 0, 1, 0, 2, 1, 0, 0).content);
  const digest = descend(info[2]?.whole ?? Buffer.alloc(0), 0, 1).content;
  const time = info.find(({ tag }) => tag === TAG.generalizedTime)?.content.toString('latin1') ?? '';
  return { digest, stampedAt: parseGeneralizedTime(time), integers: info.filter(({ tag }) => tag === TAG.integer).map(({ content }) => content) };
}

/** `20260310090000.5Z` → milliseconds. */
function parseGeneralizedTime(text: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d+)?Z$/.exec(text);
  if (!match) throw new RangeError('not a GeneralizedTime');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
}

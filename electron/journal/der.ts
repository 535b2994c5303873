/** The little of DER (X.690) that a timestamp request and its answer need. */
export const TAG = { boolean: 0x01, integer: 0x02, octetString: 0x04, null: 0x05, oid: 0x06, generalizedTime: 0x18, sequence: 0x30 } as const;

export function encode(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

/** A positive integer from its big-endian bytes. */
export function encodeInteger(bytes: Buffer): Buffer {
  const needsZero = (bytes[0] ?? 0) >= 0x80;
  return encode(TAG.integer, needsZero ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

export interface DerNode {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag, length and content together. */
  readonly whole: Buffer;
}

/** Splits bytes into the values that follow each other in them. @throws {RangeError} on malformed bytes. */
export function decode(bytes: Buffer): readonly DerNode[] {
  const nodes: DerNode[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    const first = bytes.readUInt8(at + 1);
    const digitCount = first < 0x80 ? 0 : first & 0x7f;
    const length = digitCount === 0 ? first : bytes.readUIntBE(at + 2, digitCount);
    const start = at + 2 + digitCount;
    const end = start + length;
    if (end > bytes.length) throw new RangeError('DER value cut short');
    nodes.push({ tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return nodes;
}

/** The value reached by taking the n-th child at each step. @throws {RangeError} when there is none. */
export function descend(bytes: Buffer, ...path: readonly number[]): DerNode {
  let nodes = decode(bytes);
  let node: DerNode | undefined;
  for (const step of path) {
    node = nodes[step];
    if (!node) throw new RangeError('DER value missing');
    const isConstructed = (node.tag & 0x20) !== 0;
    nodes = isConstructed || node.tag === TAG.octetString ? lenient(node.content) : [];
  }
  if (!node) throw new RangeError('DER value missing');
  return node;
}

/** An octet string may or may not hold DER. */
function lenient(content: Buffer): readonly DerNode[] {
  try {
    return decode(content);
  } catch {
    return [];
  }
}

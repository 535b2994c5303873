import type { JsonValue } from '../../shared/domain/json';

/** Deeper than anything the service answers, and shallow enough for every recursive reader behind. */
const MAX_DEPTH = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body of unknown origin: UTF-8 only, bounded depth, no `__proto__` key.
 * Undefined when it is not such a body; its size was bounded by the transport.
 */
export function parseJson(body: Buffer): JsonValue | undefined {
  if (isTooDeep(body)) return undefined;
  try {
    const text = utf8.decode(body);
    // The escaped spelling (\u005f…) counts too; without either, the reviver's cost is spared.
    const needsCare = /__proto__|\\u00/i.test(text);
    return JSON.parse(text, needsCare ? dropPrototypeKey : undefined) as JsonValue;
  } catch {
    return undefined;
  }
}

function dropPrototypeKey(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings, before any parser recurses into them. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (isInString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}

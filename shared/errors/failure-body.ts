import { isJsonObject, type JsonObject } from '../domain/json';

/** What a failure's body says, whatever the generation that wrote it. */
export interface FailureBody {
  readonly code: string | null;
  readonly provider: string | null;
  readonly retryInSeconds: number | null;
  /** Words of the service, or those of version 2; never more than a short line. */
  readonly detail: string | null;
  /** The provider's own words (`meta.provider_errors`), which are the most precise. */
  readonly providerDetail: string | null;
}

const NOTHING: FailureBody = { code: null, provider: null, retryInSeconds: null, detail: null, providerDetail: null };
const LONGEST_DETAIL = 300;
/** An address or a token has no place in an error. */
const SUSPECT = /https?:|www\.|eyJ|token=|bearer/i;

/** Reads the error of version 3 (the first object with a code) or of version 2 (a sentence). Never throws. */
export function readFailureBody(body: string | undefined): FailureBody {
  const parsed = parse(body);
  const errors = isJsonObject(parsed) ? parsed['errors'] : undefined;
  const listed: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  const first = listed.find((item) => isJsonObject(item) && codeOf(item['code']) !== null) ?? listed.find((item) => isJsonObject(item) || typeof item === 'string');
  if (typeof first === 'string') return { ...NOTHING, detail: shortText(first) };
  if (!isJsonObject(first)) return NOTHING;
  const meta = isJsonObject(first['meta']) ? first['meta'] : {};
  return {
    code: codeOf(first['code']),
    provider: shortText(meta['provider']),
    retryInSeconds: secondsOf(meta['retry_in']),
    detail: shortText(first['detail']) ?? shortText(first['title']),
    providerDetail: providerDetail(meta),
  };
}

function parse(body: string | undefined): unknown {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Empty, HTML or plain text: the status alone speaks.
    return undefined;
  }
}

/** Five digits; fixtures of the service also hold shorter ones, and numbers. */
function codeOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,5}$/.test(text) ? text.padStart(5, '0') : null;
}

function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

function providerDetail(meta: JsonObject): string | null {
  const errors = meta['provider_errors'];
  const first: unknown = Array.isArray(errors) ? (errors as readonly unknown[])[0] : undefined;
  return isJsonObject(first) ? (shortText(first['description']) ?? shortText(first['message'])) : null;
}

function shortText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = value.replace(/\s+/g, ' ').trim();
  if (line === '' || SUSPECT.test(line)) return null;
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
}

import type { DocumentSource } from '../../shared/catalogue/types';
import type { DocumentOffer } from '../../shared/domain/consultation';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';

/** A link found in an answer, with what the screens may know of it. */
export interface FoundLink {
  readonly offer: DocumentOffer;
  readonly url: string;
  /** Milliseconds since the epoch; null when the answer does not say. */
  readonly expiresAt: number | null;
}

export interface StrippedBody {
  /** The body with every document link replaced by null. */
  readonly body: JsonValue;
  readonly links: readonly FoundLink[];
}

/** Download routes of the service: such an address is a bearer secret wherever it appears. */
const SECRET_URL = /^https?:\/\/([^/]+\/(?:[^?#]*\/)?proxy\/(?:files|inpi)\/|storage\.entreprise\.api\.gouv\.fr\/)/i;

const LONGEST_LIFE_S = 100 * 366 * 86_400;

/** Takes the links declared by the catalogue out of an answer, and any other that looks like one. */
export function stripDocumentLinks(body: JsonValue, sources: readonly DocumentSource[], receivedAt: number): StrippedBody {
  const links: FoundLink[] = [];
  const patterns = sources.filter((source) => source.fetch !== 'page').map((source) => ({ source, parts: pointerParts(source.link) }));

  const visit = (value: JsonValue, path: readonly string[], parent: JsonObject | undefined): JsonValue => {
    if (typeof value === 'string') {
      const source = patterns.find(({ parts }) => matches(parts, path))?.source;
      if (source && /^https?:\/\//i.test(value)) links.push(describe(source, value, path, parent, receivedAt));
      return source || SECRET_URL.test(value) ? null : value;
    }
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item, index) => visit(item, [...path, String(index)], parent));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key], value)]));
  };
  return { body: visit(body, [], undefined), links };
}

function describe(
  source: DocumentSource,
  url: string,
  path: readonly string[],
  parent: JsonObject | undefined,
  receivedAt: number,
): FoundLink {
  const seconds = Number(besideLink(parent, source.expiresIn) ?? NaN);
  // A life beyond what a date can hold is no life that was told.
  const expiresAt = seconds >= 0 && seconds <= LONGEST_LIFE_S ? receivedAt + seconds * 1_000 : null;
  return {
    url,
    expiresAt,
    offer: {
      pointer: `/${path.map(escapePart).join('/')}`,
      label: source.label,
      linkExpiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      documentDate: isoDay(besideLink(parent, source.date)),
    },
  };
}

/** The catalogue's source of an offer's pointer. */
export function sourceOfPointer(sources: readonly DocumentSource[], pointer: string): DocumentSource | undefined {
  const path = pointerParts(pointer);
  return sources.find((source) => source.fetch !== 'page' && matches(pointerParts(source.link), path));
}

function besideLink(parent: JsonObject | undefined, pointer: string | undefined): JsonValue | undefined {
  if (!parent || !pointer) return undefined;
  let value: JsonValue | undefined = parent;
  for (const part of pointerParts(pointer.startsWith('/') ? pointer : `/${pointer}`)) {
    value = isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

function isoDay(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}

/** JSON pointer (RFC 6901). */
function pointerParts(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

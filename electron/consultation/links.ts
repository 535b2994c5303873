import type { Clock } from '../storage/clock';
import type { DocumentLinkPort } from './ports';

export interface LinkRegistry extends DocumentLinkPort {
  /** The link, unless it is unknown or (about to be) expired. */
  find(consultationId: string, pointer: string): URL | undefined;
  forget(consultationId: string, pointer: string): void;
}

interface KeptLink {
  readonly url: URL;
  readonly expiresAt: number;
}

/** A link this close to its end is renewed rather than tried. */
const SAFETY_MARGIN_MS = 5_000;
/** INPI links die after two hours without saying so (service's own tests); the others live longer. */
const UNSTATED_LIFE_MS = 2 * 60 * 60 * 1_000;
const MAX_LINKS = 20_000;

/** Bearer secrets: they live in this map, never on disk, and leave it for one download only. */
export function createLinkRegistry(clock: Clock): LinkRegistry {
  const links = new Map<string, KeptLink>();
  const keyOf = (consultationId: string, pointer: string) => `${consultationId} ${pointer}`;

  return {
    keep({ consultationId, pointer, url, expiresAt }) {
      const parsed = parseUrl(url);
      if (!parsed) return;
      evictOldest(links);
      links.set(keyOf(consultationId, pointer), { url: parsed, expiresAt: expiresAt ?? clock.now() + UNSTATED_LIFE_MS });
    },
    find(consultationId, pointer) {
      const key = keyOf(consultationId, pointer);
      const link = links.get(key);
      if (!link) return undefined;
      if (link.expiresAt - SAFETY_MARGIN_MS > clock.now()) return link.url;
      links.delete(key);
      return undefined;
    },
    forget: (consultationId, pointer) => void links.delete(keyOf(consultationId, pointer)),
  };
}

function evictOldest(links: Map<string, KeptLink>): void {
  if (links.size < MAX_LINKS) return;
  const oldest = links.keys().next();
  if (!oldest.done) links.delete(oldest.value);
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

import { createHash, randomUUID } from 'node:crypto';

import type { DocumentRequest } from '../server/route';

interface Link {
  readonly document: DocumentRequest;
  readonly expiresAtMs: number;
}

export type LinkState = { readonly kind: 'alive'; readonly document: DocumentRequest } | { readonly kind: 'expired' | 'unknown' };

/** INPI links are refused once two hours old. */
const TWO_STEP_LIFETIME_S = 7_200;

/** Links to documents: whoever holds one opens the document, until it expires. */
export class LinkStore {
  private readonly links = new Map<string, Link>();

  constructor(private readonly now: () => number) {}

  /** Returns the identifier of a new direct link. */
  create(document: DocumentRequest, lifetimeS: number): string {
    const id = randomUUID();
    this.links.set(id, { document, expiresAtMs: this.now() + lifetimeS * 1_000 });
    return id;
  }

  /** Returns the opaque part of a new two-step link. */
  createTwoStep(document: DocumentRequest): string {
    const opaque = createHash('sha256').update(randomUUID()).digest('base64url');
    this.links.set(opaque, { document, expiresAtMs: this.now() + TWO_STEP_LIFETIME_S * 1_000 });
    return opaque;
  }

  find(id: string): LinkState {
    const link = this.links.get(id);
    if (!link) return { kind: 'unknown' };
    return link.expiresAtMs > this.now() ? { kind: 'alive', document: link.document } : { kind: 'expired' };
  }

  expireAll(): void {
    for (const [id, link] of this.links) this.links.set(id, { ...link, expiresAtMs: 0 });
  }
}

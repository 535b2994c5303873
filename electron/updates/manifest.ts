import { createPublicKey, verify } from 'node:crypto';

import canonicalize from 'canonicalize';
import { z } from 'zod';

import { type Checked, invalid, valid } from '../../shared/domain/checked';

const fileSchema = z.strictObject({
  /** Beside the manifest; never a path. */
  name: z.string().regex(/^[A-Za-z0-9][\w.+-]{0,119}$/),
  byteLength: z.number().int().positive().max(2_000_000_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** In words; null: whatever the application itself runs on. */
  minimumSystem: z.string().min(1).max(80).nullable(),
});

/** A key may sign for several programs: a manifest says for which it is. */
const PRODUCT = 'fr.instruire.poste';

const manifestSchema = z.strictObject({
  format: z.literal(1),
  product: z.literal(PRODUCT),
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/),
  publishedAt: z.iso.datetime(),
  /** Past it, the manifest proves nothing any more: a server must not hold back a correction for ever. */
  expiresAt: z.iso.datetime(),
  /** What is new, one French sentence each. */
  notes: z.array(z.string().min(1).max(400)).min(1).max(50),
  /** By `platform-architecture`, as Node names them. */
  files: z.record(z.string().regex(/^(?:linux|win32|darwin)-(?:x64|arm64)$/), fileSchema),
});
export type UpdateManifest = z.infer<typeof manifestSchema>;
export type UpdateFile = z.infer<typeof fileSchema>;

const FORGED = 'Le manifeste des mises à jour n’est pas signé par l’éditeur d’Instruire : rien n’a été téléchargé. Prévenez votre service informatique.';

/**
 * Reads a manifest that the publisher signed. The signature is over its canonical text (RFC 8785), so that
 * spaces and the order of fields do not matter; nothing of it is believed before.
 * @param signature base64. @param publicKey base64 of the Ed25519 key (SPKI DER).
 */
export function readManifest(text: string, signature: string, publicKey: string, now: number): Checked<UpdateManifest> {
  const content = parseJson(text);
  const canonical = canonicalize(content);
  if (canonical === undefined || !isSigned(canonical, signature, publicKey)) return invalid(FORGED);
  if (!isOurs(content)) return invalid('Le manifeste des mises à jour est signé, mais pour un autre programme qu’Instruire : rien n’a été téléchargé. Prévenez votre service informatique.');
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) return invalid('Le manifeste des mises à jour a une forme que cette version ne connaît pas : installez la nouvelle version depuis le site de l’éditeur.');
  if (Date.parse(parsed.data.expiresAt) <= now) return invalid('Le manifeste des mises à jour a expiré : le serveur n’est plus tenu à jour, ou l’horloge de ce poste est fausse.');
  return valid(parsed.data);
}

function isSigned(canonical: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(canonical), key, Buffer.from(signature.trim(), 'base64'));
  } catch {
    return false;
  }
}

function isOurs(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'product' in content && content.product === PRODUCT;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Below 0 when `one` is older than `other`; both are three numbers. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  const index = [0, 1, 2].find((place) => left?.[place] !== right?.[place]) ?? 0;
  return (left?.[index] ?? 0) - (right?.[index] ?? 0);
}

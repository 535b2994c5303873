/**
 * The publisher's Ed25519 public key (base64, SPKI DER), printed by `node scripts/sign-release.mjs --new-key`; its private
 * half never enters the sources. Null: this build is nobody's release, and takes no update.
 */
export const RELEASE_PUBLIC_KEY: string | null = null;

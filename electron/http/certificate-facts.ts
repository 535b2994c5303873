import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';

import type { CertificateFacts } from '../../shared/domain/transport';

const MAX_CHAIN = 10;
const MAX_NAMES = 10;
const LONGEST_NAME = 120;

/** What a certificate tells: the authority at the top of its chain, the dates of the one that is out of date, its names. */
export function certificateFacts(leaf: DetailedPeerCertificate, now: number): CertificateFacts {
  const chain = chainOf(leaf);
  const authority = authorityOf(chain);
  const date = dateOf(chain, now);
  return { ...(authority === null ? {} : { authority }), ...(date === null ? {} : { date }), names: namesOf(leaf) };
}

/** From the host's certificate to the highest that was sent. */
export function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.fingerprint256 !== undefined && chain.length < MAX_CHAIN && !chain.includes(next)) {
    chain.push(next);
    // A root names itself as its own issuer.
    next = next.issuerCertificate as DetailedPeerCertificate | undefined;
  }
  return chain;
}

function authorityOf(chain: readonly PeerCertificate[]): string | null {
  const issuer = chain.at(-1)?.issuer;
  return issuer ? subjectName(issuer) : null;
}

/** « Common name (organisation) », as far as they are known. */
export function subjectName({ CN, O }: Partial<PeerCertificate['subject']>): string | null {
  const [commonName, organisation] = [CN, O].map((part) => printable(part));
  if (!commonName) return organisation ?? null;
  return organisation && organisation !== commonName ? `${commonName} (${organisation})` : commonName;
}

function dateOf(chain: readonly PeerCertificate[], now: number): string | null {
  const ended = chain.find(({ valid_to: end }) => Date.parse(end) < now);
  const early = chain.find(({ valid_from: start }) => Date.parse(start) > now);
  const date = Date.parse(ended?.valid_to ?? early?.valid_from ?? '');
  return Number.isNaN(date) ? null : new Date(date).toISOString();
}

/** The subject's alternative names; without any, its common name (RFC 6125 tolerates it, and old relays have nothing else). */
export function namesOf({ subjectaltname, subject }: PeerCertificate): readonly string[] {
  const alternatives = (subjectaltname ?? '').split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
  const names = alternatives.length > 0 ? alternatives : [subject.CN];
  return names.flatMap((name) => printable(name) ?? []).slice(0, MAX_NAMES);
}

/** A certificate may hold anything: one short line of it is shown. */
function printable(text: string | string[] | undefined): string | undefined {
  const line = (Array.isArray(text) ? text.join(' ') : (text ?? '')).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line === '' ? undefined : line.slice(0, LONGEST_NAME);
}

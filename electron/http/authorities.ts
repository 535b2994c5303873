import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Where Linux distributions keep the authorities of the machine (Debian, Red Hat, SUSE, Alpine). */
const LINUX_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Mozilla's authorities, the machine's and the organisation's, as a union: naming some must not unseat the others. */
export function trustedAuthorities(extra: readonly string[] = []): string[] {
  return [...new Set([...tls.rootCertificates, ...systemAuthorities(), ...extra.flatMap(certificatesIn)])];
}

/** The PEM certificates that a text holds. */
function certificatesIn(text: string): string[] {
  return text.match(PEM_CERTIFICATE) ?? [];
}

/** Certificates of a file of the organisation, PEM or DER. @throws when it holds none that can be read. */
export function readAuthorityFile(path: string): string[] {
  const content = readFileSync(path);
  const listed = certificatesIn(content.toString('latin1'));
  const certificates = (listed.length > 0 ? listed : [content]).map((certificate) => new X509Certificate(certificate).toString());
  return certificates;
}

/** Where the runtime cannot ask the system (before Node 22.15), Linux still has its bundle; elsewhere there is nothing. */
function systemAuthorities(): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  try {
    const known = getCACertificates?.('system') ?? [];
    if (known.length > 0) return known;
  } catch {
    // A store that cannot be read is a store without authorities: the bundle, then the built-in set, remain.
  }
  return process.platform === 'linux' ? linuxBundle() : [];
}

function linuxBundle(): readonly string[] {
  for (const path of LINUX_BUNDLES) {
    try {
      return certificatesIn(readFileSync(path, 'latin1'));
    } catch {
      // The next distribution's place.
    }
  }
  return [];
}

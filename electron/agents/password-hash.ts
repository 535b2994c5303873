import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of scrypt; memory is 128 × 2^logN × r bytes. */
export interface ScryptParameters {
  /** Base-2 logarithm of N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^17, r = 8, p = 1. */
export const currentScryptParameters: ScryptParameters = { logN: 17, r: 8, p: 1 };

const KEY_BYTES = 32;
const SALT_BYTES = 16;

interface StoredHash extends ScryptParameters {
  readonly salt: Buffer;
  readonly key: Buffer;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Compares in constant time; with `undefined` does the same work and answers false. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
  /** The stored hash was made with other parameters than today's. */
  isOutdated(stored: string): boolean;
}

/** Hashes kept as `$scrypt$ln=17,r=8,p=1$salt$key` (base64url), so that each carries its parameters. */
export function createPasswordHasher(parameters: ScryptParameters = currentScryptParameters): PasswordHasher {
  /** What an unknown login is compared with: the answer takes as long as for a known one. */
  const decoy: StoredHash = { ...parameters, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) };

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return format({ ...parameters, salt, key: await derive(password, { ...parameters, salt }) });
    },
    async verify(password, stored) {
      const reference = stored === undefined ? decoy : parse(stored);
      const key = await derive(password, reference);
      return timingSafeEqual(key, reference.key) && stored !== undefined;
    },
    isOutdated(stored) {
      const { logN, r, p } = parse(stored);
      return logN !== parameters.logN || r !== parameters.r || p !== parameters.p;
    },
  };
}

function derive(password: string, { logN, r, p, salt }: ScryptParameters & { readonly salt: Buffer }): Promise<Buffer> {
  const N = 2 ** logN;
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    // NFKC: the same accent typed on two keyboards is the same password (NIST SP 800-63B, §3.1.1.2).
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function format({ logN, r, p, salt, key }: StoredHash): string {
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

function parse(stored: string): StoredHash {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored);
  const [, logN, r, p, salt, key] = match ?? [];
  if (!salt || !key) throw new Error('unreadable password hash');
  return {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

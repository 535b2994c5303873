import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

export interface Leaf {
  /** Common name. */
  readonly name: string;
  /** `DNS:…` and `IP:…`; none: the common name alone. */
  readonly san?: readonly string[];
  /** `YYMMDDHHMMSSZ`. */
  readonly from?: string;
  readonly until?: string;
  readonly usage?: 'serverAuth' | 'clientAuth';
}

/** A certification authority of openssl's, with the certificates that it gives. */
export class Authority implements Certificate {
  readonly folder = mkdtempSync(join(tmpdir(), 'instruire-pki-'));
  readonly certFile = join(this.folder, 'ca.crt');
  readonly keyFile = join(this.folder, 'ca.key');
  #count = 0;

  constructor(commonName: string, organisation: string) {
    openssl(['req', '-utf8', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/O=${organisation}/CN=${commonName}`, '-keyout', this.keyFile, '-out', this.certFile]);
    writeFileSync(join(this.folder, 'index.txt'), '');
    writeFileSync(
      join(this.folder, 'ca.cnf'),
      ['[ca]', 'default_ca=own', '[own]', `database=${join(this.folder, 'index.txt')}`, `new_certs_dir=${this.folder}`, 'rand_serial=yes', 'default_md=sha256', 'policy=any', 'unique_subject=no', '[any]', 'commonName=supplied'].join('\n'),
    );
  }

  get cert(): string {
    return readFileSync(this.certFile, 'utf8');
  }

  get key(): string {
    return readFileSync(this.keyFile, 'utf8');
  }

  issue({ name, san = [], from, until = '350101000000Z', usage = 'serverAuth' }: Leaf): Certificate {
    const base = join(this.folder, `leaf-${(this.#count += 1)}`);
    const [certFile, keyFile, request, extensions] = [`${base}.crt`, `${base}.key`, `${base}.csr`, `${base}.ext`];
    openssl(['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', request]);
    writeFileSync(extensions, [`extendedKeyUsage=${usage}`, ...(san.length > 0 ? [`subjectAltName=${san.join(',')}`] : [])].join('\n'));
    const dates = ['-enddate', until, ...(from === undefined ? [] : ['-startdate', from])];
    openssl(['ca', '-batch', '-notext', '-config', join(this.folder, 'ca.cnf'), '-cert', this.certFile, '-keyfile', this.keyFile, '-in', request, '-out', certFile, '-extfile', extensions, ...dates]);
    return { certFile, keyFile, cert: readFileSync(certFile, 'utf8') + this.cert, key: readFileSync(keyFile, 'utf8') };
  }

  /** A PKCS #12 file with its passphrase. */
  pfx({ certFile, keyFile }: Certificate, passphrase: string): string {
    const path = join(this.folder, `client-${(this.#count += 1)}.p12`);
    openssl(['pkcs12', '-export', '-in', certFile, '-inkey', keyFile, '-passout', `pass:${passphrase}`, '-out', path]);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A server of openssl's that ends the handshake of whoever shows no certificate of `authority`, with the alert that says so. */
export async function startDemandingServer(authority: Authority, own: Certificate): Promise<{ readonly port: number; close(): Promise<void> }> {
  const process = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-cert', own.certFile, '-key', own.keyFile, '-CAfile', authority.certFile, '-Verify', '2', '-www']);
  const port = await new Promise<number>((resolve, reject) => {
    process.once('error', reject);
    process.stdout.on('data', (chunk: Buffer) => {
      const found = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  process.stderr.resume();
  return {
    port,
    close: async () => {
      const ended = once(process, 'exit');
      process.kill();
      await ended;
    },
  };
}

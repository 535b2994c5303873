import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';

import { timestampAuthority } from '../../../electron/composition/timestamp-authority';
import { createDispatcher, createHttpClient } from '../../../electron/http';
import { exportJournal } from '../../../electron/journal/export/index';
import { openJournalReader, startUpkeep, verifyJournal } from '../../../electron/journal/index';
import { requestTimestamp, type TimestampAuthority } from '../../../electron/journal/timestamp';
import { openForReading } from '../../../electron/journal/journal-database';
import { makeBench, makeFolder, recordCall } from './support';

/** A timestamp authority made with openssl, answering on loopback. */
class Authority {
  received: Buffer[] = [];
  stale: Buffer | null = null;
  readonly #server: Server;

  constructor(readonly folder: string) {
    this.#openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem', '-days', '2', '-subj', '/CN=Autorité fictive', '-addext', 'extendedKeyUsage=critical,timeStamping');
    writeFileSync(join(folder, 'serial'), '01\n');
    const settings = { serial: 'serial', signer_cert: 'tsa.pem', signer_key: 'tsa.key', signer_digest: 'sha256', default_policy: '1.2.3.4.1', digests: 'sha256', certs: 'tsa.pem' };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(join(folder, 'tsa.cnf'), `[tsa]\ndefault_tsa = authority\n[authority]\n${lines.join('\n')}\n`);
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(this.#reply(Buffer.concat(chunks))));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  verify(digest: string, token: Buffer): string {
    writeFileSync(join(this.folder, 'token.der'), token);
    return this.#openssl('ts', '-verify', '-digest', digest, '-in', 'token.der', '-token_in', '-CAfile', 'tsa.pem');
  }

  #reply(query: Buffer): Buffer {
    this.received.push(query);
    if (this.stale) return this.stale;
    writeFileSync(join(this.folder, 'query.tsq'), query);
    this.#openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
    return readFileSync(join(this.folder, 'reply.tsr'));
  }

  #openssl(...options: string[]): string {
    return execFileSync('openssl', options, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

const dispatcher = createDispatcher();
const http = createHttpClient({ dispatcher, userAgent: 'test' });
const reach = (address: string) => timestampAuthority(address, http) as TimestampAuthority;
afterAll(() => dispatcher.close());

let authority: Authority;
let url: string;

beforeEach(async () => {
  authority = new Authority(makeFolder());
  url = await authority.listen();
});
afterEach(() => authority.close());

describe('anchor', () => {
  it('has the head stamped, keeps a token that openssl accepts, and sends nothing but the digest', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    const head = journal.head();
    const result = await journal.anchor(reach(url));
    expect(result).toMatchObject({ seq: head.seq, hash: head.hash });
    expect(Math.abs(result.stampedAt - Date.now())).toBeLessThan(3_600_000);
    expect(authority.received[0]?.includes(Buffer.from(head.hash, 'hex'))).toBe(true);
    expect(authority.received[0]?.length).toBeLessThan(80);
    journal.close();
    const database = openForReading(bench.path);
    const { token } = database.prepare('SELECT token FROM anchors').get() as { token: Uint8Array };
    database.close();
    expect(() => authority.verify(head.hash, Buffer.from(token))).not.toThrow();
    expect(() => authority.verify('0'.repeat(64), Buffer.from(token))).toThrow();
  });

  it('keeps its stamp when another program holds the journal as it arrives', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    const { url: address, post } = reach(url);
    const postThenHold: typeof post = async (...query) => {
      const answer = await post(...query);
      other.exec('BEGIN IMMEDIATE');
      setImmediate(() => other.exec('ROLLBACK'));
      return answer;
    };
    const { seq } = await journal.anchor({ url: address, post: postThenHold });
    expect(journal.lastAnchor()?.seq).toBe(seq);
    other.close();
    journal.close();
  });

  it('stamps at the close what was written since, with a token that openssl accepts, in a journal that still verifies', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const errors: unknown[] = [];
    const upkeep = startUpkeep({ journal, clock: bench.clock, authority: reach(url), retentionMonths: () => 36, checkFile: () => Promise.resolve(), logError: (_place, error) => errors.push(error) });
    await upkeep.runDue();
    expect(authority.received).toHaveLength(1);
    await recordCall(journal);
    const { seq, hash } = journal.head();
    await upkeep.close();
    expect(journal.lastAnchor()).toMatchObject({ seq, hash });
    journal.close();
    expect(errors).toEqual([]);
    const database = openForReading(bench.path);
    const { token } = database.prepare('SELECT token FROM anchors WHERE seq = ?').get(seq) as { token: Uint8Array };
    expect(() => authority.verify(hash, Buffer.from(token))).not.toThrow();
    const publicKey = bench.options.sealKey.publicKey().toString('base64');
    expect(await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null })).toMatchObject({ break: null, anchorCount: 2 });
    database.close();
  });

  it.each([
    ['taken away', 'removed', 'DELETE FROM anchors'],
    ['of another moment than its token says', 'edited', 'UPDATE anchors SET stamped_at = stamped_at - 86400000'],
    ['of another row', 'edited', 'UPDATE anchors SET seq = 1'],
    ['whose token was replaced', 'edited', "UPDATE anchors SET token = x'3000'"],
  ])('%s is named: %s', async (_name, kind, sql) => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    const { seq } = await journal.anchor(reach(url));
    journal.close();
    const forger = new DatabaseSync(bench.path);
    forger.exec(`DROP TRIGGER anchors_stay; DROP TRIGGER anchors_do_not_change; ${sql}`);
    forger.close();
    const database = openForReading(bench.path);
    const publicKey = bench.options.sealKey.publicKey().toString('base64');
    const report = await verifyJournal(database, { publicKey, witness: null });
    database.close();
    expect(report.break).toEqual({ kind, seq: sql.endsWith('seq = 1') ? 1 : seq });
  });

  it('travels with the export, where the offline verifier checks imprint and signature', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    const { seq, hash } = await journal.anchor(reach(url));
    const imprint = Buffer.from(hash, 'hex');
    journal.close();
    const path = join(bench.folder, 'export.jsonl');
    const reader = openJournalReader(bench.path);
    const request = { filter: {}, generatedAt: 0, publicKey: bench.options.sealKey.publicKey().toString('base64') };
    await exportJournal(reader.database, reader.index, { path, format: 'jsonl' }, request);
    reader.close();
    const run = () => spawnSync('node', ['scripts/verify-journal.mjs', path], { encoding: 'utf8' });
    expect(run().stdout).toMatch(new RegExp(`Horodatage : ligne ${seq}, \\d{4}-\\d\\d-\\d\\dT\\S+Z, 127\\.0\\.0\\.1:\\d+, signé par CN=Autorit`));
    const whole = readFileSync(path, 'utf8');
    const forged = (text: string) => {
      writeFileSync(path, text);
      return run();
    };
    expect(forged(whole.replace(/\{[^\n]*"type":"anchor"[^\n]*\n/, ''))).toMatchObject({ status: 1, stdout: expect.stringContaining(`Rupture (removed) à la ligne ${seq} `) as string });
    expect(forged(whole.replace(/"stampedAt":\d+/, '"stampedAt":1'))).toMatchObject({ status: 1, stdout: expect.stringContaining(`Rupture (edited) à la ligne ${seq} `) as string });
    expect(forged(whole.replace(/(\{[^\n]*"type":"anchor"[^\n]*\n)/, '$1$1'))).toMatchObject({ status: 1, stdout: expect.stringContaining(`Rupture (inserted) à la ligne ${seq} `) as string });
    writeFileSync(path, whole);
    const altered = (change: (token: Buffer) => void) => {
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; token: string });
      for (const line of lines.filter(({ type }) => type === 'anchor')) {
        const token = Buffer.from(line.token, 'base64');
        change(token);
        line.token = token.toString('base64');
      }
      writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    };
    altered((token) => void token.writeUInt8(token.readUInt8(token.length - 1) ^ 1, token.length - 1));
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('signature NON vérifiée') as string });
    altered((token) => void token.fill(0, token.indexOf(imprint), token.indexOf(imprint) + imprint.length));
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining(`Rupture (edited) à la ligne ${seq} `) as string });
  });

  it('refuses an answer made for another request', async () => {
    await requestTimestamp(reach(url), Buffer.alloc(32, 1));
    authority.stale = readFileSync(join(authority.folder, 'reply.tsr'));
    await expect(requestTimestamp(reach(url), Buffer.alloc(32, 1))).rejects.toThrow('autre demande');
  });

  it('says so when the authority is silent or answers nonsense', async () => {
    authority.stale = Buffer.from('<html>');
    await expect(requestTimestamp(reach(url), Buffer.alloc(32, 1))).rejects.toThrow('illisible');
    authority.close();
    await expect(requestTimestamp(reach(url), Buffer.alloc(32, 1))).rejects.toThrow('n’a pas répondu');
  });
});

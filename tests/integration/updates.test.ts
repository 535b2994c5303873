import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { writeAtomically } from '../../electron/files/atomic-file';
import { createDispatcher, createHttpClient } from '../../electron/http';
import { systemClock } from '../../electron/storage/clock';
import type { TracedEvent } from '../../shared/domain/journal';
import { updateHandlers } from '../../electron/updates';
import { compareVersions, readManifest } from '../../electron/updates/manifest';
import { downloadUpdate, findUpdate, type UpdateSource } from '../../electron/updates/updates';
import { testPendingFiles } from '../support/pending-files';

const INSTALLER = Buffer.from('an installer, made up'.repeat(5_000));
const keys = generateKeyPairSync('ed25519');
const publicText = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64');

let folder: string;
let served: Map<string, Buffer>;
let server: Server;
let dispatcher: ReturnType<typeof createDispatcher>;
let source: UpdateSource;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-updates-'));
  served = new Map([['/instruire-1.2.0.AppImage', INSTALLER]]);
  server = createServer((request, response) => {
    const body = served.get(request.url ?? '');
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  dispatcher = createDispatcher({});
  const http = createHttpClient({ dispatcher, userAgent: 'Instruire/essai' });
  const folderUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  source = { http, clock: systemClock, folderUrl, publicKey: publicText(keys.publicKey), currentVersion: '1.1.9', platform: 'linux-x64' };
});
afterEach(async () => {
  await dispatcher.close();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

const aManifest = (changes: object = {}) => ({
  ...{ format: 1, product: 'fr.instruire.poste', version: '1.2.0', publishedAt: new Date(Date.now() - 1_000).toISOString(), expiresAt: new Date(Date.now() + 60_000).toISOString(), notes: ['La recherche va plus vite.'] },
  files: { 'linux-x64': { name: 'instruire-1.2.0.AppImage', byteLength: INSTALLER.length, sha256: createHash('sha256').update(INSTALLER).digest('hex'), minimumSystem: null } },
  ...changes,
});

const signed = (manifest: object, key = keys.privateKey): string => sign(null, Buffer.from(canonicalize(manifest) ?? ''), key).toString('base64');

function publish(manifest: object, signature = signed(manifest)): void {
  served.set('/instruire-update.json', Buffer.from(JSON.stringify(manifest, null, 2)));
  served.set('/instruire-update.json.sig', Buffer.from(signature));
}

const find = () => findUpdate(source, new AbortController().signal);
const path = () => join(folder, 'installateur');

async function download(): Promise<void> {
  const update = await find();
  if (!update) throw new Error('there is no update');
  const file = { path: path(), event: 'update.downloaded', what: 'installateur' } as const;
  await writeAtomically(testPendingFiles(), file, (temporaryPath) => downloadUpdate(source, update, temporaryPath, () => undefined, new AbortController().signal));
}

describe('an update', () => {
  it('that the publisher signed is told, and its installer saved whole', async () => {
    publish(aManifest());
    expect((await find())?.manifest.notes).toEqual(['La recherche va plus vite.']);
    await download();
    expect(readFileSync(path()).equals(INSTALLER)).toBe(true);
  });

  it('is signed by the script of the house', async () => {
    const script = resolve(import.meta.dirname, '../../scripts/sign-release.mjs');
    const run = (...args: string[]): string => execFileSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    const key = join(folder, 'key.pem');
    const publicKey = run('--new-key', key).trim().split(' ').at(-1) ?? '';
    writeFileSync(join(folder, 'i.AppImage'), INSTALLER);
    writeFileSync(join(folder, 'release.json'), JSON.stringify({ version: '2.0.0', validDays: 30, notes: ['Nouveau.'], files: { 'linux-x64': { name: 'i.AppImage' } } }));
    run('--key', key, '--release', join(folder, 'release.json'), '--out', folder);
    const [text, signature] = [readFileSync(join(folder, 'instruire-update.json'), 'utf8'), readFileSync(join(folder, 'instruire-update.json.sig'), 'utf8')];
    expect(readManifest(text, signature, publicKey, Date.now())).toMatchObject({ ok: true, value: { version: '2.0.0' } });
    expect(readManifest(text, signature, source.publicKey, Date.now())).toMatchObject({ ok: false });
  });

  it('is none when this version is the last one', async () => {
    publish(aManifest({ version: '1.1.9' }));
    expect(await find()).toBeNull();
  });

  it.each([
    ['an older version', () => publish(aManifest({ version: '1.1.8' })), /plus ancienne/],
    ['an older version, signed again at a later date', () => publish(aManifest({ version: '1.1.8', publishedAt: new Date().toISOString() })), /plus ancienne/],
    ['another product of the same publisher', () => publish(aManifest({ product: 'fr.autre.poste' })), /pour un autre programme/],
    ['no product', () => publish(aManifest({ product: undefined })), /pour un autre programme/],
    ['another system’s installer alone', () => publish(aManifest({ files: { 'win32-x64': aManifest().files['linux-x64'] } })), /pour ce système/],
    ['more than the publisher’s fields', () => publish(aManifest({ postInstall: 'sh' })), /forme/],
    ['the signature of the former manifest', () => publish(aManifest(), signed(aManifest({ version: '1.1.9' }))), /n’est pas signé/],
    ['an expired manifest', () => publish(aManifest({ expiresAt: new Date(Date.now() - 1).toISOString() })), /expiré/],
    ['another key', () => publish(aManifest(), signed(aManifest(), generateKeyPairSync('ed25519').privateKey)), /n’est pas signé/],
    ['a version changed after the signature', () => publish(aManifest({ version: '9.9.9' }), signed(aManifest())), /n’est pas signé/],
    ['no signature', () => publish(aManifest(), ''), /n’est pas signé/],
    ['what is no manifest', () => served.set('/instruire-update.json', Buffer.from('<html>')).set('/instruire-update.json.sig', Buffer.from('x')), /n’est pas signé/],
    ['a file name that is a path', () => publish(aManifest({ files: { 'linux-x64': { name: '../x', byteLength: 1, sha256: '0'.repeat(64), minimumSystem: null } } })), /forme/],
    ['no installer for this system', () => publish(aManifest({ files: {} })), /pour ce système/],
    ['nothing published', () => undefined, /réponse 404/],
  ])('is refused with a sentence: %s', async (_what, prepare, sentence) => {
    prepare();
    await expect(find()).rejects.toThrow(sentence);
  });

  it('is refused with a sentence when the server is down', async () => {
    source = { ...source, folderUrl: 'http://127.0.0.1:9/' };
    await expect(find()).rejects.toThrow(/n’a pas répondu/);
  });

  it.each([
    ['cut', INSTALLER.subarray(0, 1_000)],
    ['altered', Buffer.concat([INSTALLER.subarray(1), Buffer.from('x')])],
    ['longer', Buffer.concat([INSTALLER, Buffer.from('x')])],
  ])('leaves no file when the installer is %s', async (_how, bytes) => {
    publish(aManifest());
    served.set('/instruire-1.2.0.AppImage', bytes);
    await expect(download()).rejects.toThrow();
    expect(existsSync(path())).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the download of an installer', () => {
  const agent = { id: 'agent-1', displayName: 'Camille Rivière', role: 'responsable', login: 'camille', organisation: 'Commune' } as const;
  const context = { session: { agent } } as unknown as Parameters<ReturnType<typeof updateHandlers>['updates.download']>[1];
  const traced: TracedEvent[] = [];
  const handlers = (record: (event: TracedEvent) => Promise<void> = (event) => Promise.resolve(void traced.push(event))) =>
    updateHandlers({ source, pending: testPendingFiles(), record, currentVersion: '1.1.9', askSavePath: () => Promise.resolve(path()), onProgress: () => undefined });
  beforeEach(() => void traced.splice(0));

  it('says who took which version, under which digest, before and after', async () => {
    publish(aManifest());
    const updates = handlers();
    await updates['updates.check'](undefined, context);
    await updates['updates.download'](undefined, context);
    expect(traced.map(({ event, outcome, agentName, documentSha256 }) => ({ event, outcome, agentName, documentSha256 }))).toEqual(
      Array.from({ length: 2 }, () => ({ event: 'update.downloaded', outcome: 'success', agentName: 'Camille Rivière', documentSha256: aManifest().files['linux-x64'].sha256 })),
    );
    expect(traced.map(({ detail }) => detail)).toEqual([expect.stringMatching(/version 1\.2\.0 .*commencé/), expect.stringMatching(/version 1\.2\.0 .*conforme/)]);
  });

  it('says that an altered installer was refused', async () => {
    publish(aManifest());
    served.set('/instruire-1.2.0.AppImage', Buffer.concat([INSTALLER.subarray(1), Buffer.from('x')]));
    const updates = handlers();
    await updates['updates.check'](undefined, context);
    await expect(updates['updates.download'](undefined, context)).rejects.toThrow(/n’est pas celui/);
    expect(traced.at(-1)).toMatchObject({ event: 'update.downloaded', outcome: 'failure' });
    expect(existsSync(path())).toBe(false);
  });

  it('says that the folder refuses the file, not that the server is at fault', async () => {
    publish(aManifest());
    const updates = updateHandlers({ source, pending: testPendingFiles(), record: (event) => Promise.resolve(void traced.push(event)), currentVersion: '1.1.9', askSavePath: () => Promise.resolve(join(folder, 'absent', 'installateur')), onProgress: () => undefined });
    await updates['updates.check'](undefined, context);
    await expect(updates['updates.download'](undefined, context)).rejects.not.toThrow(/serveur/);
    expect(traced.at(-1)).toMatchObject({ outcome: 'failure' });
  });

  it('takes nothing that cannot be traced', async () => {
    publish(aManifest());
    const updates = handlers(() => Promise.reject(new Error('full')));
    await updates['updates.check'](undefined, context);
    await expect(updates['updates.download'](undefined, context)).rejects.toThrow(/journal ne peut pas être écrit/);
    expect(existsSync(path())).toBe(false);
  });
});

it('versions are compared as numbers', () => {
  const version = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));
  fc.assert(
    fc.property(version, version, (one, other) => {
      const weight = ([major, minor, patch]: readonly [number, number, number]): number => (major * 1_000 + minor) * 1_000 + patch;
      expect(Math.sign(compareVersions(one.join('.'), other.join('.')))).toBe(Math.sign(weight(one) - weight(other)));
    }),
  );
});

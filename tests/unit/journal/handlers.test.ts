import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createPendingFiles, type PendingFiles, pendingFilesSchema } from '../../../electron/files/pending-files';
import { JournalWriteError } from '../../../electron/journal/journal-error';
import { fileHeadWitness, type Journal, journalHandlers, JournalWorker } from '../../../electron/journal/index';
import type { CallContext } from '../../../electron/ipc';
import { type Database, openDatabase } from '../../../electron/storage/database';
import { hasRight, type Right, type Role, ROLES } from '../../../shared/domain/rights';
import { type ChannelName, channels } from '../../../shared/ipc';
import { type Bench, bundleWorker, makeBench, recordCall } from './support';

const PAGE_BYTES = 4_096;

let bundlePath: string;

beforeAll(async () => {
  bundlePath = await bundleWorker('journal-worker');
});
afterAll(() => rmSync(bundlePath, { force: true }));

function contextOf(id: string, role: Role): CallContext {
  const agent = { id, login: id, displayName: id, role, organisation: 'Mairie Exemple', state: 'active', lastSignInAt: null } as const;
  return { session: { agent, signedInAt: '2026-03-10T09:00:00Z' } };
}

const agent = contextOf('agent-1', 'agent');
const auditor = contextOf('auditeur-1', 'auditeur');

let bench: Bench;
let journal: Journal;
let worker: JournalWorker;
let savePath: string | null;
let database: Database;
let pending: PendingFiles;
let onProgress: (id: string, done: number, total: number) => void;

function handlers(changes: Partial<Parameters<typeof journalHandlers>[0]> = {}) {
  return journalHandlers({
    journal,
    worker,
    clock: bench.clock,
    sealKey: bench.options.sealKey,
    pending,
    witness: fileHeadWitness(join(bench.folder, 'journal.head')),
    habilitationTitles: () => new Map(),
    retentionMonths: () => 36,
    authority: null,
    checkFile: () => undefined,
    checkClock: () => Promise.resolve(),
    describeWorkstation: () => ({ organisation: 'Mairie Exemple', workstation: 'POSTE-12', keychainAvailable: true }),
    chooseSavePath: () => Promise.resolve(savePath),
    chooseBackup: () => Promise.resolve(null),
    restart: () => undefined,
    onProgress: (...progress) => onProgress(...progress),
    ...changes,
  });
}

beforeEach(async () => {
  bench = makeBench();
  journal = bench.open();
  worker = new JournalWorker({ bundlePath, journalPath: bench.path });
  savePath = join(bench.folder, 'historique.csv');
  ({ database } = openDatabase(join(bench.folder, 'instruire.db'), [pendingFilesSchema]));
  pending = createPendingFiles(database);
  onProgress = () => undefined;
  for (const id of ['agent-1', 'agent-2', 'agent-1']) {
    await recordCall(journal, { agent: { id, displayName: id } }, { requestId: `requete-${journal.head().seq}` });
  }
});
afterEach(async () => {
  await worker.close();
  journal.close();
  database.close();
});

describe('handlers, through the worker thread', () => {
  it("show an agent his own lines and the auditor everyone's", async () => {
    const own = await handlers()['journal.search']({ filter: { kind: 'calls' }, limit: 50 }, agent);
    expect(own.lines.map(({ agentId }) => agentId)).toEqual(['agent-1', 'agent-1']);
    expect((await handlers()['journal.search']({ filter: { kind: 'calls' }, limit: 50 }, auditor)).total).toBe(3);
  });

  it('leave one event of whose lines were read, in words, whatever the pages and refreshes', async () => {
    const served = handlers();
    const filter = { agentId: 'agent-2', kind: 'all', text: 'marché', from: '2026-03-09T23:00:00.000Z' } as const;
    const search = (more: object = {}) => served['journal.search']({ filter, limit: 1, ...more }, auditor);
    await recordCall(journal, { agent: { id: 'agent-2', displayName: 'Bruno Petit' } });
    const before = journal.head().seq;
    const { total } = await search();
    await search({ beforeSeq: before });
    await search();
    expect(journal.head().seq).toBe(before + 1);
    const { lines } = await served['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.read', agentId: 'auditeur-1', outcome: 'success' });
    expect(total).toBe(2);
    expect(await served['journal.verify']({ verificationId: 'v' }, auditor)).toMatchObject({ ok: true });
    expect(lines[0]?.detail).toBe(
      'Historique consulté\u00a0: 2\u00a0lignes. Autre agent\u00a0: Bruno Petit. Filtre\u00a0: début\u00a0: 10/03/2026 00:00\u00a0; agent\u00a0: Bruno Petit\u00a0; texte\u00a0: «\u00a0marché\u00a0»\u00a0; lignes\u00a0: toutes.',
    );
  });

  it('leave another event once the same filter shows lines of somebody else', async () => {
    const served = handlers();
    const search = () => served['journal.search']({ filter: { kind: 'calls' }, limit: 50 }, auditor);
    await search();
    const before = journal.head().seq;
    await search();
    expect(journal.head().seq).toBe(before);
    await recordCall(journal, { agent: { id: 'agent-3', displayName: 'Alix Moreau' } });
    await search();
    await search();
    const { lines } = await served['journal.search']({ filter: { agentId: 'auditeur-1' }, limit: 5 }, auditor);
    expect(lines).toHaveLength(2);
    expect(lines[0]?.detail).toContain('Autres agents\u00a0: agent-1, agent-2 et Alix Moreau.');
  });

  it('tell the auditor whom and what lines name, by the last title of each dossier and token', async () => {
    await recordCall(journal, { dossierId: 'dossier-2', dossierTitle: 'Préau', habilitationId: 'hab-2' });
    await recordCall(journal, { dossierId: 'dossier-2', dossierTitle: 'Préau de l’école' });
    const known = await handlers({ habilitationTitles: () => new Map([['hab-2', 'Marchés']]) })['journal.known'](undefined, auditor);
    expect(known.agents).toEqual([{ id: 'agent-2', name: 'agent-2' }, { id: 'agent-1', name: 'Camille Fictif' }]);
    expect(known.dossiers).toEqual([{ id: 'dossier-1', title: 'Marché de nettoyage des écoles' }, { id: 'dossier-2', title: 'Préau de l’école' }]);
    expect(known.habilitations).toEqual(expect.arrayContaining([{ id: 'hab-1', title: null }, { id: 'hab-2', title: 'Marchés' }]));
  });

  it('say in words that whom the journal knows cannot be read', async () => {
    const refusing = Object.create(worker, { run: { value: () => Promise.reject(new JournalWriteError('damaged')) } }) as JournalWorker;
    await expect(handlers({ worker: refusing })['journal.known'](undefined, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
  });

  it('do not feed a search with its own event', async () => {
    const served = handlers();
    const totals: number[] = [];
    for (let time = 0; time < 4; time += 1) totals.push((await served['journal.search']({ filter: { kind: 'all' }, limit: 500 }, auditor)).total);
    expect(totals.map((total) => total - (totals[0] ?? 0))).toEqual([0, 1, 1, 1]);
  });

  it('leave an event of statistics and of an answer to an audit too, and none of what is one’s own', async () => {
    const served = handlers();
    const requestIds = ['requete-1'];
    const head = journal.head().seq;
    for (const context of [agent, contextOf('agent-9', 'auditeur')]) {
      const filter = { agentId: context.session.agent.id };
      await served['journal.search']({ filter, limit: 5 }, context);
      await served['journal.statistics']({ filter }, context);
    }
    await served['journal.answerAudit']({ requestIds }, agent);
    expect(journal.head().seq).toBe(head);
    await served['journal.statistics']({ filter: { kind: 'calls' } }, auditor);
    await served['journal.answerAudit']({ requestIds }, auditor);
    const { lines } = await served['journal.search']({ filter: { agentId: 'auditeur-1' }, limit: 5 }, auditor);
    expect(lines.map(({ event, detail }) => [event, detail?.split('\u00a0')[0]])).toEqual([
      ['journal.read', 'Réponse à un contrôle consultée'],
      ['journal.read', 'Statistiques consultées'],
    ]);
  });

  it('show nobody’s lines to others when the event cannot be written', async () => {
    const refusing = Object.create(journal, { record: { value: () => Promise.reject(new JournalWriteError('disk_full')) } }) as Journal;
    const served = handlers({ journal: refusing });
    await expect(served['journal.search']({ filter: {}, limit: 5 }, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
    expect((await served['journal.search']({ filter: {}, limit: 5 }, agent)).total).toBe(2);
  });

  it('export to the chosen path and leave the digest of the file in the journal', async () => {
    const result = await handlers()['journal.export']({ exportId: 'e1', filter: {}, format: 'csv' }, auditor);
    expect(result?.sha256).toBe(createHash('sha256').update(readFileSync(savePath ?? '')).digest('hex'));
    const { lines } = await handlers()['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.exported', agentId: 'auditeur-1', documentSha256: result?.sha256 });
  });

  it('do nothing when the dialog is closed', async () => {
    savePath = null;
    const before = journal.head();
    expect(await handlers()['journal.export']({ exportId: 'e1', filter: {}, format: 'csv' }, agent)).toBeNull();
    expect(journal.head()).toEqual(before);
  });

  it('tell of a file what it holds: whose lines, its filter in words, its counts, its format, its name and its digest', async () => {
    await recordCall(journal, { agent: { id: 'agent-2', displayName: 'Bruno Petit' }, dossierTitle: 'Préau' });
    const filter = { agentId: 'agent-2', dossierId: 'dossier-1', text: 'préau', kind: 'calls' } as const;
    const made = await handlers()['journal.export']({ exportId: 'e4', filter, format: 'csv' }, auditor);
    const { lines } = await handlers()['journal.search']({ filter: { kind: 'all', agentId: 'auditeur-1' }, limit: 2 }, auditor);
    const what = 'Autre agent\u00a0: Bruno Petit. Filtre\u00a0: agent\u00a0: Bruno Petit\u00a0; dossier\u00a0: Préau\u00a0; texte\u00a0: «\u00a0préau\u00a0»\u00a0; lignes\u00a0: appels seulement.';
    expect(lines.map(({ event, outcome, dossierId, detail }) => ({ event, outcome, dossierId, detail }))).toEqual([
      { event: 'journal.exported', outcome: 'success', dossierId: 'dossier-1', detail: `Export CSV terminé\u00a0: 1\u00a0ligne dans «\u00a0historique.csv\u00a0». ${what} Empreinte SHA-256 du fichier\u00a0: ${made?.sha256}.` },
      { event: 'journal.exported', outcome: 'success', dossierId: 'dossier-1', detail: `Export CSV commencé\u00a0: 1\u00a0ligne vers «\u00a0historique.csv\u00a0». ${what}` },
    ]);
    expect(made?.sha256).toBe(createHash('sha256').update(readFileSync(savePath ?? '')).digest('hex'));
  });

  it('end in the journal an export whose seal another program’s lock kept from being written', async () => {
    const held = Object.create(journal, { record: { value: (event: Parameters<Journal['record']>[0]) => journal.record(event) }, seal: { value: () => Promise.reject(new JournalWriteError('locked')) } }) as Journal;
    const served = handlers({ journal: held });
    await expect(served['journal.export']({ exportId: 'e6', filter: {}, format: 'csv' }, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
    const { lines } = await served['journal.search']({ filter: { kind: 'all' }, limit: 2 }, auditor);
    expect(lines.map(({ outcome, detail }) => [outcome, detail?.split('\u00a0')[0]])).toEqual([['failure', 'Export CSV manqué'], ['success', 'Export CSV commencé']]);
    expect(lines[0]?.detail).toContain(new JournalWriteError('locked').message.split('.')[0]);
  });

  it('give a file its name only once its digest is in the journal', async () => {
    const said: string[] = [];
    const refusing = Object.create(journal, {
      seal: { value: () => journal.seal() },
      record: {
        value: (event: Parameters<Journal['record']>[0]) => {
          said.push(event.detail ?? '');
          return event.documentSha256 ? Promise.reject(new JournalWriteError('disk_full')) : journal.record(event);
        },
      },
    }) as Journal;
    const served = handlers({ journal: refusing });
    await expect(served['journal.export']({ exportId: 'e5', filter: {}, format: 'csv' }, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
    expect(said.map((detail) => detail.split('\u00a0')[0])).toEqual(['Export CSV commencé', 'Export CSV terminé', 'Export CSV manqué']);
    expect(said.at(-1)).toMatch(/n’est pas sorti\. Le disque est plein/);
    said.splice(0);
    await expect(served['journal.backUp'](undefined, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
    await expect(served['journal.saveProcessingRecord'](undefined, auditor)).rejects.toMatchObject({ name: 'IpcFailure' });
    expect(said.map((detail) => / (?:commencée|enregistrée|manquée : rien n’est sorti\. Le disque est plein)/.exec(detail)?.[0].slice(1, 9))).toEqual(
      Array(2).fill(['commencé', 'enregist', 'manquée ']).flat(),
    );
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.csv') || name.endsWith('.part'))).toEqual([]);
  });

  it('leave no file when cancelled on the way', async () => {
    const served = handlers();
    onProgress = (id) => void served['journal.cancelExport']({ exportId: id }, auditor);
    await Promise.all(Array.from({ length: 20_000 }, () => journal.record({ event: 'data.copied' })));
    expect(await served['journal.export']({ exportId: 'e2', filter: {}, format: 'csv' }, auditor)).toBeNull();
    expect(existsSync(savePath ?? '')).toBe(false);
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    const { lines } = await served['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.exported', outcome: 'failure', detail: expect.stringContaining('Export CSV annulé') as unknown });
  });

  it('stop the file of an answer to an audit as any export, and leave none', async () => {
    const served = handlers();
    const ids = new Set<string>();
    onProgress = (id) => {
      ids.add(id);
      void served['journal.cancelExport']({ exportId: id }, auditor);
    };
    await Promise.all(Array.from({ length: 20_000 }, () => journal.record({ event: 'data.copied', requestId: 'requete-longue' })));
    expect(await served['journal.saveAuditAnswer']({ exportId: 'a9', requestIds: ['requete-longue'], format: 'csv' }, auditor)).toBeNull();
    expect([...ids]).toEqual(['a9']);
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('historique.csv'))).toEqual([]);
  });

  it('say in words that a folder refuses the file', async () => {
    savePath = join(bench.folder, 'absent', 'historique.csv');
    await expect(Promise.resolve(handlers()['journal.export']({ exportId: 'e3', filter: {}, format: 'csv' }, agent))).rejects.toMatchObject({
      name: 'IpcFailure',
    });
    const { lines } = await handlers()['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.exported', outcome: 'failure' });
    expect(lines[0]?.detail).toMatch(/^Export CSV manqué\s: «\shistorique\.csv\s» n’est pas sorti\. Le fichier n’a pas pu être enregistré\./);
  });

  it('verify with progress, and record that it was done', async () => {
    const seen: number[] = [];
    onProgress = (_id, done) => seen.push(done);
    const report = await handlers()['journal.verify']({ verificationId: 'v1' }, auditor);
    expect(report).toMatchObject({ ok: true, rowCount: 7, lastSealedSeq: 7 });
    expect(seen).toEqual([0, 7]);
    const { lines } = await handlers()['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.verified', outcome: 'success' });
  });

  it('have the file read again after a verification that found a break, for what it means to calls', async () => {
    let readings = 0;
    const served = handlers({ checkFile: () => void (readings += 1) });
    await served['journal.verify']({ verificationId: 'v' }, agent);
    expect(readings).toBe(0);
    const file = new DatabaseSync(bench.path);
    file.exec('DROP TRIGGER entries_do_not_change; UPDATE entries SET at = at + 1 WHERE seq = 3');
    file.close();
    expect(await served['journal.verify']({ verificationId: 'v' }, agent)).toMatchObject({ break: { seq: 3 } });
    expect(readings).toBe(1);
  });

  it('say in words that the file is damaged, whatever is asked, and go on tracing', async () => {
    for (let call = 0; call < 100; call += 1) await recordCall(journal);
    journal.close();
    await worker.close();
    const file = openSync(bench.path, 'r+');
    writeSync(file, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, 9 * PAGE_BYTES);
    closeSync(file);
    journal = bench.open();
    worker = new JournalWorker({ bundlePath, journalPath: bench.path });
    const asked = handlers();
    const requestIds = ['requete-1'];
    const answers = await Promise.allSettled([
      asked['journal.search']({ filter: {}, limit: 5 }, auditor),
      asked['journal.statistics']({ filter: {} }, auditor),
      asked['journal.answerAudit']({ requestIds }, auditor),
      asked['journal.verify']({ verificationId: 'v2' }, auditor),
      asked['journal.export']({ exportId: 'e9', filter: {}, format: 'csv' }, auditor),
    ]);
    const sentence = expect.stringContaining('est endommagé : les appels sont suspendus') as string;
    expect(answers).toEqual(Array(5).fill({ status: 'rejected', reason: expect.objectContaining({ name: 'IpcFailure', message: sentence }) as unknown }));
    expect(existsSync(savePath ?? '')).toBe(false);
    await recordCall(journal);
  });

  it('answer an audit by request ids, and name those that are unknown here', async () => {
    const answer = await handlers()['journal.answerAudit']({ requestIds: ['requete-1', ' requete-3 ', 'ailleurs'] }, auditor);
    expect(answer.lines.map(({ requestId }) => requestId)).toEqual(['requete-3', 'requete-1']);
    expect(answer.unknownRequestIds).toEqual(['ailleurs']);
  });

  it('find an id whatever its capitals, and ask for it once', async () => {
    const written = '0B8F7A52-6A5E-4C1E-9A7E-3F0C5D1E2A4B';
    await recordCall(journal, {}, { requestId: written });
    const answer = await handlers()['journal.answerAudit']({ requestIds: [written.toLowerCase(), written, 'REQUETE-1', 'Ailleurs'] }, auditor);
    expect(answer.lines.map(({ requestId }) => requestId)).toEqual([written, 'requete-1']);
    expect(answer.unknownRequestIds).toEqual(['Ailleurs']);
    const { total } = await handlers()['journal.search']({ filter: { requestIds: [written.toLowerCase()] }, limit: 5 }, auditor);
    expect(total).toBe(1);
  });

  it('answer an audit by the newest lines first, and by all of them when asked', async () => {
    const requestIds = Array.from({ length: 600 }, (_, index) => `appel-${index}`);
    await Promise.all(requestIds.map((requestId) => recordCall(journal, {}, { requestId })));
    const first = await handlers()['journal.answerAudit']({ requestIds: [...requestIds, 'ailleurs'] }, auditor);
    expect(first).toMatchObject({ total: 600, unknownRequestIds: ['ailleurs'] });
    expect(first.lines).toHaveLength(500);
    const whole = await handlers()['journal.answerAudit']({ requestIds, isWhole: true }, auditor);
    expect(whole.lines).toHaveLength(600);
    expect(whole.lines.slice(0, 500)).toEqual(first.lines);
  });

  it('call no id unknown because another has many lines', async () => {
    for (let time = 0; time < 12; time += 1) await recordCall(journal, {}, { requestId: 'requete-longue' });
    const answer = await handlers()['journal.answerAudit']({ requestIds: ['requete-1', 'requete-longue'] }, auditor);
    expect(answer.lines).toHaveLength(13);
    expect(answer.unknownRequestIds).toEqual([]);
  });

  it('save the answer to an audit, with what is unknown, and record the digest of the file', async () => {
    const result = await handlers()['journal.saveAuditAnswer']({ exportId: 'a1', requestIds: ['requete-1', 'requete-3', 'ailleurs'], format: 'csv' }, auditor);
    expect(result).toMatchObject({ lineCount: 2, unknownCount: 1 });
    const text = readFileSync(savePath ?? '', 'utf8');
    expect(text.split('\r\n').map((line) => line.split(';')[0]?.replace('\ufeff', ''))).toEqual(['Identifiant de requête', 'requete-1', 'requete-3', 'ailleurs', '']);
    expect(text).toContain('ailleurs;Inconnu de l’historique de ce poste');
    expect(text).toContain('Marché de nettoyage des écoles');
    const { lines } = await handlers()['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.exported', documentSha256: result?.sha256 });
    expect(lines[0]?.detail).toMatch(/^Export CSV de la réponse à un contrôle terminé\s: 2\slignes et 1\sidentifiant inconnu dans /);
  });

  it("answer an audit with an agent's own lines only", async () => {
    const result = await handlers()['journal.saveAuditAnswer']({ exportId: 'a2', requestIds: ['requete-1', 'requete-3'], format: 'pdf' }, agent);
    expect(result).toMatchObject({ lineCount: 1, unknownCount: 1 });
  });

  it('back the journal up, and record the copy', async () => {
    const result = await handlers()['journal.backUp'](undefined, contextOf('responsable-1', 'responsable'));
    expect(result?.sha256).toBe(createHash('sha256').update(readFileSync(savePath ?? '')).digest('hex'));
    const { lines } = await handlers()['journal.search']({ filter: {}, limit: 1 }, auditor);
    expect(lines[0]).toMatchObject({ event: 'journal.backed_up', agentId: 'responsable-1', documentSha256: result?.sha256 });
  });

  it('let no file out when its trace cannot be written', async () => {
    const written: string[] = [];
    const refusing = Object.create(journal, { record: { value: () => Promise.reject(new JournalWriteError('disk_full')) } }) as Journal;
    const watched = { run: (task: string) => Promise.resolve(written.push(task)) } as unknown as JournalWorker;
    const responsable = contextOf('responsable-1', 'responsable');
    const served = handlers({ journal: refusing, worker: watched });
    await expect(served['journal.backUp'](undefined, responsable)).rejects.toThrow(/disque est plein : l’historique/);
    await expect(served['journal.saveProcessingRecord'](undefined, responsable)).rejects.toThrow(/disque est plein : l’historique/);
    expect(written).toEqual([]);
    expect(existsSync(savePath ?? '')).toBe(false);
  });

  it('write the entry of the register from the real settings', async () => {
    const { text } = await handlers()['journal.processingRecord'](undefined, agent);
    expect(text).toContain('Mairie Exemple');
    const unnamed = { organisation: null, workstation: 'POSTE-12', keychainAvailable: true };
    expect(await handlers({ describeWorkstation: () => unnamed })['journal.processingRecord'](undefined, agent)).toEqual({ text });
    expect(text).toContain('36\u00a0mois');
    expect(text).toContain('Aucun envoi automatique');
    expect(await handlers()['journal.status'](undefined, agent)).toEqual({ retentionMonths: 36, timestampAuthority: null, lastAnchor: null, openingNotices: [] });
  });

  it('say why calls failed and how full each quota was', async () => {
    for (let index = 0; index < 2; index += 1) await recordCall(journal, {}, { outcome: 'failure', httpStatus: 502, code: '01001', detail: 'Le fournisseur n’a pas répondu.' });
    const found = await handlers()['journal.statistics']({ filter: {} }, auditor);
    expect(found.reasons).toEqual([{ outcome: 'failure', provider: 'insee', httpStatus: 502, code: '01001', detail: 'Le fournisseur n’a pas répondu.', count: 2 }]);
    expect(found.quotaUse).toMatchObject([{ habilitationId: 'hab-1', callCount: 5, busiestMinuteCalls: 5 }]);
  });

  it('name the tokens of the figures, and tell one that is forgotten from another', async () => {
    await recordCall(journal, { habilitationId: 'hab-2' });
    const found = await handlers({ habilitationTitles: () => new Map([['hab-1', 'Marchés publics']]) })['journal.statistics']({ filter: {} }, auditor);
    expect(found.habilitations).toEqual([{ id: 'hab-1', title: 'Marchés publics' }, { id: 'hab-2', title: null }]);
    expect((await handlers()['journal.statistics']({ filter: { habilitationId: 'hab-2' } }, auditor)).total).toBe(1);
  });

  it('leave verification to everybody signed in, custody to the responsable and the auditor, the purge to the auditor', () => {
    const rolesOf = (name: ChannelName) => ROLES.filter((role) => hasRight(role, channels[name].access as Right));
    expect(rolesOf('journal.verify')).toEqual(['agent', 'responsable', 'auditeur', 'service']);
    for (const name of ['journal.backUp', 'journal.anchor', 'journal.processingRecord', 'journal.saveProcessingRecord'] as const) {
      expect(rolesOf(name)).toEqual(['responsable', 'auditeur']);
    }
    expect(rolesOf('journal.purge')).toEqual(['auditeur']);
    expect(rolesOf('journal.previewPurge')).toEqual(['auditeur']);
  });

  it('hand out the public key that seals name', async () => {
    const { publicKeyPem, headSeq } = await handlers()['journal.sealKey'](undefined, agent);
    expect(publicKeyPem).toContain('BEGIN PUBLIC KEY');
    expect(headSeq).toBe(7);
  });
});

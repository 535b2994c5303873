import { inspect } from 'node:util';

import { beforeEach, describe, expect, it } from 'vitest';

import { SANDBOX_RECIPIENT } from '../../../electron/habilitations';
import { Secret } from '../../../electron/storage/secret';
import { parseSiret } from '../../../shared/domain/identifiers';
import { agentNamed, ana, chef, dossierOf, draft, endpoint, inSeconds, justification, makeToken, recipient, setUp, tokenError, withToken } from './support';

let token: string;
let otherToken: string;
beforeEach(async () => {
  token = await makeToken();
  otherToken = await makeToken({ uid: '99999999-2222-4333-8444-555555555555' });
});

describe('a token pasted', () => {
  it('is read as it was copied and never comes back', async () => {
    const { habilitations, tokens, journal, database } = setUp();
    const { id } = await habilitations.create(chef, draft);
    const broken = `Bearer ${token.slice(0, 40)}\n  ${token.slice(40)}\n`;
    const habilitation = await tokens.setToken(chef, id, broken);
    expect(habilitation.token).toMatchObject({ state: 'active', subject: 'Marchés de la ville fictive', scopes: ['unites_legales_etablissements_insee', 'inconnu_demain'] });
    const stored = inspect(['habilitations', 'habilitation_tokens', 'vault_secrets'].map((table) => database.prepare(`SELECT * FROM ${table}`).all()), { depth: 9, maxStringLength: null });
    for (const text of [JSON.stringify(habilitation), JSON.stringify(journal), stored]) expect(text).not.toContain(token.slice(-20));
  });

  it('carries older rights as roles', async () => {
    const { habilitations } = await withToken(await makeToken({ roles: ['entreprises'], scopes: undefined }));
    expect(habilitations.listFor(chef)[0]?.token.scopes).toEqual(['entreprises']);
  });

  it.each([
    ['not a token', async () => 'bonjour', /pas un jeton/],
    ['three blocks that are not JSON', async () => 'ey.ey.ey', /pas un jeton/],
    ['an expired one', () => makeToken({ exp: inSeconds(-1) }), /expiré le 4 janvier 2026/],
    ['the test service’s', () => makeToken({ uid: '00000000-0000-0000-0000-000000000000' }), /environnement de test/],
    ['the test service’s by its subject', () => makeToken({ sub: 'staging development' }), /environnement de test/],
  ])('that is %s is refused in words, without being quoted', async (_, make, message) => {
    const { habilitations, tokens } = setUp();
    const { id } = await habilitations.create(chef, draft);
    const pasted = await make();
    const error = await tokens.setToken(chef, id, pasted).catch((one: Error) => one);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as unknown, data: { field: 'token' } });
    expect(inspect(error)).not.toContain(pasted.slice(0, 60) || 'bonjour');
  });

  it('serves one procedure only', async () => {
    const { habilitations, tokens } = await withToken(token);
    const second = await habilitations.create(chef, { ...draft, title: 'Aides' });
    await expect(tokens.setToken(chef, second.id, token)).rejects.toMatchObject({ data: { code: 'conflict' } });
  });

  it.each([
    [{ kind: 'unprotected' as const }, /trousseau/],
    [{ electronVersion: '25.1.1' }, /moteur de secours/],
  ])('is refused when real and %j, while the test service’s is taken', async (workstation, message) => {
    const { habilitations, tokens } = setUp(workstation);
    const real = await habilitations.create(chef, draft);
    await expect(tokens.setToken(chef, real.id, token)).rejects.toThrow(message);
    const staging = await habilitations.create(chef, { ...draft, environment: 'staging' });
    expect((await tokens.setToken(chef, staging.id, token)).token.state).toBe('active');
  });
});

describe('leave to call', () => {
  it('is given with the token, and only what is needed of it', async () => {
    const { authorise, id } = await withToken(token);
    const answer = authorise(id);
    expect(answer).toMatchObject({ ok: true, grant: { habilitationId: id, baseUrl: 'https://production.example', environment: 'production' } });
    expect(answer.ok && answer.grant.token.reveal()).toBe(token);
    expect(inspect(answer, { depth: 9 }) + JSON.stringify(answer)).not.toContain(token.slice(-20));
  });

  it('is refused outside every rule, each with its own words', async () => {
    const { authorise, habilitations, id } = await withToken(token);
    await habilitations.setAgents(chef, id, [
      { agentId: 'ana', endpointIds: null },
      { agentId: 'bea', endpointIds: ['infogreffe.extrait_rcs.v3'] },
      { agentId: 'dpo', endpointIds: null },
      { agentId: 'parti', endpointIds: null },
    ]);
    const refused = (answer: ReturnType<typeof authorise>) => (answer.ok ? null : [answer.error.kind, answer.error.message]);
    expect(refused(authorise(id, agentNamed('inconnu')))).toEqual(['refused', expect.stringContaining('n’existe plus')]);
    expect(refused(authorise(id, agentNamed('parti')))).toEqual(['refused', expect.stringContaining('suspendu')]);
    expect(refused(authorise(id, agentNamed('dpo')))).toEqual(['refused', expect.stringContaining('profil')]);
    expect(refused(authorise(id, chef))).toEqual(['refused', expect.stringContaining('faites pas partie')]);
    expect(refused(authorise(id, agentNamed('bea')))).toEqual(['refused', expect.stringContaining('ne comprennent pas')]);
    expect(refused(authorise('absente'))).toEqual(['refused', expect.stringContaining('n’existe plus')]);
    expect(refused(authorise(id, ana, { dossier: dossierOf(id, 'fraude') }))).toEqual(['justification', expect.stringContaining('cas d’usage')]);
    expect(refused(authorise(id, ana, { justification: { ...justification, context: 'Aides' } }))).toEqual(['justification', expect.stringContaining('contexte')]);
    expect(refused(authorise(id, ana, { justification: { ...justification, recipient: '29900088000017' as typeof recipient } }))).toEqual(['justification', expect.stringContaining('destinataire')]);
  });

  it('is refused in another environment, and where no address is set', async () => {
    const { authorise, id, state, habilitations, tokens } = await withToken(token);
    state.environment = 'sandbox';
    expect(authorise(id)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    state.environment = 'gateway';
    const relayed = await habilitations.create(chef, { ...draft, environment: 'gateway' });
    await habilitations.setAgents(chef, relayed.id, [{ agentId: 'ana', endpointIds: null }]);
    await tokens.setToken(chef, relayed.id, otherToken);
    expect(authorise(relayed.id)).toMatchObject({ ok: false, error: { message: expect.stringContaining('adresse du service') as unknown } });
  });

  it.each([
    ['under a browser too old for a real token', { electronVersion: '25.1.1' }, /moteur de secours/],
    ['without a keychain', { kind: 'unprotected' as const }, /trousseau/],
  ])('is refused %s, though the token was stored before', async (_name, workstation, message) => {
    const { folder, id, authorise, database } = await withToken(token);
    expect(authorise(id).ok).toBe(true);
    database.close();
    const later = setUp({ folder, ...workstation });
    expect(later.authorise(id)).toMatchObject({ ok: false, error: { kind: 'token', message: expect.stringMatching(message) as unknown } });
  });

  it('ignores the rights read in the token, and believes the service’s', async () => {
    const { authorise, id, tokens, state } = await withToken(await makeToken({ scopes: [] }));
    expect(authorise(id).ok).toBe(true);
    state.privileges = { ok: true, privileges: ['autre'] };
    await tokens.testToken(chef, id);
    expect(authorise(id)).toMatchObject({ ok: false, error: { kind: 'refused', message: expect.stringContaining('n’ouvre pas') as unknown } });
  });

  it('says when the keychain is closed, which is not « no token »', async () => {
    const { authorise, id, cipherState, habilitations } = await withToken(token);
    cipherState.isOpen = false;
    expect(authorise(id)).toMatchObject({ ok: false, error: { kind: 'token', message: expect.stringContaining('trousseau') as unknown } });
    expect(habilitations.find(id)?.token.state).toBe('active');
  });
});

describe('a token refused by the service', () => {
  it.each([
    ['00101', 'refused'],
    ['00103', 'expired'],
    ['00105', 'revoked'],
  ])('%s stops its use: %s', async (code, tokenState) => {
    const { authorisation, authorise, habilitations, id, journal } = await withToken(token);
    authorisation.reportTokenRefused(id, code);
    expect(habilitations.find(id)?.token.state).toBe(tokenState);
    expect(authorise(id)).toMatchObject({ ok: false, error: { kind: 'token' } });
    expect(journal.at(-1)).toMatchObject({ event: 'token.changed', outcome: 'failure' });
  });

  it('lets the waiting one serve at once, and a late answer about the former does not stop it', async () => {
    const { authorisation, authorise, tokens, id } = await withToken(token);
    const first = authorise(id);
    await tokens.setToken(chef, id, otherToken);
    expect(first.ok && first.grant.token.reveal()).toBe(token);
    authorisation.reportTokenRefused(id, '00103');
    const next = authorise(id);
    expect(next.ok && next.grant.token.reveal()).toBe(otherToken);
    authorisation.reportTokenRefused(id, '00103', first.ok ? first.grant.tokenKey : '');
    expect(authorise(id).ok).toBe(true);
  });
});

describe('renewal', () => {
  it('tests the waiting token and switches on its first success, not before', async () => {
    const { authorise, tokens, id, state, habilitations, database } = await withToken(token);
    const served = () => {
      const answer = authorise(id);
      return answer.ok ? answer.grant.token.reveal() : null;
    };
    expect((await tokens.setToken(chef, id, otherToken)).hasStagedToken).toBe(true);
    state.privileges = { ok: false, error: tokenError('00101') };
    await expect(tokens.testToken(chef, id)).rejects.toMatchObject({ data: { code: 'refused' } });
    expect(served()).toBe(token);
    state.privileges = { ok: true, privileges: endpoint.scopes };
    await tokens.testToken(chef, id);
    expect(state.tested).toEqual([otherToken, otherToken]);
    expect(served()).toBe(otherToken);
    expect(habilitations.find(id)?.hasStagedToken).toBe(false);
    expect(database.prepare('SELECT count(*) AS count FROM vault_secrets').get()).toEqual({ count: 1 });
  });

  it('a compromised token stops at once, leaves the vault, and its message names it without holding it', async () => {
    const { authorise, tokens, id, database } = await withToken(token);
    const stopped = await tokens.stopToken(chef, id);
    expect(authorise(id)).toMatchObject({ ok: false, error: { kind: 'token' } });
    expect(database.prepare('SELECT count(*) AS count FROM vault_secrets').get()).toEqual({ count: 0 });
    expect(stopped.habilitation.token.state).toBe('revoked');
    expect(stopped.body).toContain('11111111-2222-4333-8444-555555555555');
    expect(JSON.stringify(stopped)).not.toContain(token.slice(0, 40));
  });
});

describe('the sandbox', () => {
  it('has its habilitation from the first start, for every active agent who may consult, now and later', async () => {
    const { ensureSandbox, habilitations, authorise, state } = setUp({ kind: 'unprotected', electronVersion: '25.1.1' });
    state.environment = 'sandbox';
    ensureSandbox(new Secret(token));
    ensureSandbox(new Secret(token));
    ensureSandbox(new Secret(otherToken));
    const all = habilitations.listFor(chef);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ title: 'Bac à sable — Marchés publics', token: { state: 'active' } });
    expect(all[0]?.agents.map((one) => one.agentId)).toEqual(['chef', 'ana', 'bea']);
    const answer = authorise(all[0]?.id ?? '');
    expect(answer.ok && answer.grant.token.reveal()).toBe(otherToken);
    expect(parseSiret(SANDBOX_RECIPIENT).ok).toBe(true);
  });

  it('stays the same one once a responsable has limited its agents', async () => {
    const { ensureSandbox, habilitations } = setUp();
    ensureSandbox(new Secret(await makeToken({ uid: 'bac-a-sable' })));
    const [seeded] = habilitations.listFor(chef);
    await habilitations.setAgents(chef, seeded?.id ?? '', [{ agentId: 'ana', endpointIds: [] }]);
    ensureSandbox(new Secret(await makeToken({ uid: 'bac-a-sable', iat: inSeconds(0) })));
    expect(habilitations.listFor(chef)).toMatchObject([{ id: seeded?.id, agents: [{ agentId: 'ana', endpointIds: [] }] }]);
  });
});

describe('recipient and contexts that the organisation has fixed', () => {
  const foreign = parseSiret('99900012800002');

  it('are the only ones that a habilitation may declare, outside the sandbox', async () => {
    if (!foreign.ok) throw new Error(foreign.message);
    const { habilitations } = setUp({ limits: { recipient, contexts: ['Marchés publics'] } });
    await expect(habilitations.create(chef, { ...draft, recipients: [recipient, foreign.value] })).rejects.toMatchObject({ data: { field: 'recipients' } });
    await expect(habilitations.create(chef, { ...draft, contexts: ['Aides publiques'] })).rejects.toMatchObject({ data: { field: 'contexts' } });
    expect(habilitations.all()).toEqual([]);
    const { id } = await habilitations.create(chef, draft);
    await expect(habilitations.update(chef, id, { ...draft, recipients: [foreign.value] })).rejects.toMatchObject({ data: { field: 'recipients' } });
    await habilitations.create(chef, { ...draft, environment: 'sandbox', recipients: [foreign.value] });
  });
});

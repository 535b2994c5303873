import { describe, expect, it } from 'vitest';

import { ana, chef, draft, inSeconds, makeToken, setUp, tokenError, withToken } from './support';

describe('the agents of a habilitation', () => {
  it('are known, and named once', async () => {
    const { habilitations, journal } = setUp();
    const { id } = await habilitations.create(chef, draft);
    const before = journal.length;
    for (const agents of [['ana', 'ana'], ['ana', 'personne']]) {
      const members = agents.map((agentId) => ({ agentId, endpointIds: null }));
      await expect(habilitations.setAgents(chef, id, members)).rejects.toMatchObject({ data: { code: 'invalid_input', field: 'agents' } });
    }
    expect(habilitations.find(id)?.agents).toEqual([{ agentId: 'chef', endpointIds: null }]);
    expect(journal).toHaveLength(before);
  });

  it('see their own habilitations only; a responsable sees all', async () => {
    const { habilitations } = setUp();
    const mine = await habilitations.create(chef, draft);
    const other = await habilitations.create(chef, { ...draft, title: 'Aides' });
    await habilitations.setAgents(chef, mine.id, [{ agentId: 'ana', endpointIds: null }]);
    expect(habilitations.listFor(ana).map(({ id }) => id)).toEqual([mine.id]);
    expect(new Set(habilitations.listFor(chef).map(({ id }) => id))).toEqual(new Set([mine.id, other.id]));
  });

  it('read what was fetched with their endpoints only', async () => {
    const { habilitations } = setUp();
    const { id } = await habilitations.create(chef, draft);
    await habilitations.setAgents(chef, id, [{ agentId: 'ana', endpointIds: ['insee.unite_legale.v4'] }]);
    const mayRead = habilitations.readableEndpoints(ana, id);
    expect([mayRead('insee.unite_legale.v4'), mayRead('infogreffe.extrait_rcs.v3')]).toEqual([true, false]);
  });
});

describe('a habilitation that holds a token', () => {
  it('stays in its environment: a token is never carried into another', async () => {
    const { habilitations, id } = await withToken(await makeToken());
    await expect(habilitations.update(chef, id, { ...draft, environment: 'staging' })).rejects.toMatchObject({ data: { code: 'conflict', field: 'environment' } });
    expect(habilitations.find(id)?.environment).toBe('production');
  });

  it('serves again with the same token once the service takes it', async () => {
    const { authorisation, authorise, tokens, id } = await withToken(await makeToken());
    authorisation.reportTokenRefused(id, '00101');
    expect(authorise(id).ok).toBe(false);
    await tokens.testToken(chef, id);
    expect(authorise(id).ok).toBe(true);
  });
});

describe('the life of a token in the history', () => {
  it('tells who stored, renewed and stopped it, and never what it is', async () => {
    const first = await makeToken();
    const { tokens, journal, id, state } = await withToken(first);
    const second = await makeToken({ iat: inSeconds(0) });
    await tokens.setToken(chef, id, second);
    state.privileges = { ok: false, error: tokenError('00103') };
    await tokens.testToken(chef, id).catch(() => undefined);
    state.privileges = { ok: true, privileges: [] };
    await tokens.testToken(chef, id);
    await tokens.stopToken(chef, id);
    const told = journal.filter(({ event }) => event === 'token.changed');
    expect(told.map(({ detail }) => /enregistré|attente|remplace|compromis/.exec(detail.replace('enregistré, en attente', 'attente'))?.[0])).toEqual(['enregistré', 'attente', 'remplace', 'compromis']);
    expect(told.every(({ agentId, habilitationId }) => agentId === 'chef' && habilitationId === id)).toBe(true);
    for (const token of [first, second]) for (const part of token.split('.').slice(1)) expect(JSON.stringify(journal)).not.toContain(part);
  });

  it('is stopped even when the stop cannot be traced, and stored only when it can', async () => {
    const { tokens, authorise, id, journalState, habilitations } = await withToken(await makeToken());
    journalState.isBroken = true;
    const second = await makeToken({ iat: inSeconds(0) });
    await expect(tokens.setToken(chef, id, second)).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(habilitations.find(id)?.hasStagedToken).toBe(false);
    await expect(tokens.stopToken(chef, id)).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(authorise(id).ok).toBe(false);
  });
});

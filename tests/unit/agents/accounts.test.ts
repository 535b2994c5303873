import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ROLES } from '../../../shared/domain/rights';
import { goodPassword, setUp } from './support';

describe('first account', () => {
  it('is a responsable and is traced', async () => {
    const { createFirst, journal } = setUp();
    expect((await createFirst()).role).toBe('responsable');
    expect(journal.map((event) => event.event)).toEqual(['agent.created']);
  });

  it('is made once, even when asked for twice at the same time', async () => {
    const { createFirst, accounts } = setUp();
    const results = await Promise.allSettled([createFirst(), createFirst(), createFirst()]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(accounts.list()).toHaveLength(1);
  });

  it('is made once by two processes on the same file', async () => {
    const one = setUp();
    const other = setUp(one.path);
    const results = await Promise.allSettled([one.createFirst(), other.createFirst()]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(one.accounts.list()).toHaveLength(1);
  });

  it('is not made when it cannot be traced', async () => {
    const { createFirst, journalState, accounts } = setUp();
    journalState.isBroken = true;
    await expect(createFirst()).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(accounts.hasAny()).toBe(false);
  });

  it('demands a sound password', async () => {
    const { accounts } = setUp();
    const draft = { login: 'claire', displayName: 'Claire Exemple', organisation: 'Ville fictive' };
    for (const password of ['court', 'motdepasse123', 'Mot de passe 123', 'claire-12345', 'aaaaaaaaaaaaaaaa', '123456789012']) {
      await expect(accounts.createFirst({ ...draft, password }), password).rejects.toMatchObject({ data: { field: 'password' } });
    }
    await accounts.createFirst({ ...draft, password: goodPassword });
  });
});

describe('accounts', () => {
  it('two spellings of a login are one account', async () => {
    const { createFirst, accounts } = setUp();
    const author = await createFirst();
    await expect(
      accounts.create(author, { login: ' CLAIRE ', displayName: 'Autre', organisation: 'Ville fictive', role: 'agent' }),
    ).rejects.toMatchObject({ data: { code: 'conflict', field: 'login' } });
  });

  it('a change that cannot be traced is not made', async () => {
    const { createFirst, accounts, journalState } = setUp();
    const author = await createFirst();
    const { agent } = await accounts.create(author, { login: 'dany', displayName: 'Dany', organisation: 'Ville fictive', role: 'agent' });
    journalState.isBroken = true;
    await expect(accounts.setRole(author, agent.id, 'auditeur')).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(accounts.find(agent.id)?.role).toBe('agent');
  });

  it('a suspended responsable is not one who remains', async () => {
    const { createFirst, accounts } = setUp();
    const author = await createFirst();
    const { agent: second } = await accounts.create(author, { login: 'dany', displayName: 'Dany', organisation: 'Ville fictive', role: 'responsable' });
    await accounts.setState(author, second.id, 'suspended');
    await expect(accounts.setRole(author, author.id, 'agent')).rejects.toMatchObject({ data: { code: 'conflict' } });
    await expect(accounts.setState(author, author.id, 'suspended')).rejects.toMatchObject({ data: { code: 'conflict' } });
    // He may be demoted himself: he keeps nobody in office.
    await accounts.setRole(author, second.id, 'agent');
  });

  it('two responsables demoted at the same time leave one', async () => {
    const { createFirst, accounts } = setUp();
    const author = await createFirst();
    const { agent: second } = await accounts.create(author, { login: 'dany', displayName: 'Dany', organisation: 'Ville fictive', role: 'responsable' });
    const results = await Promise.allSettled([accounts.setRole(author, author.id, 'agent'), accounts.setState(author, second.id, 'suspended')]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
  });

  it('keep an active responsable, whatever is asked and however fast', async () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constant('role' as const), index: fc.nat(4), role: fc.constantFrom(...ROLES) }),
      fc.record({ kind: fc.constant('state' as const), index: fc.nat(4), state: fc.constantFrom('active' as const, 'suspended' as const) }),
      fc.record({ kind: fc.constant('create' as const), index: fc.nat(), role: fc.constantFrom(...ROLES) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 20 }), fc.boolean(), async (commands, atOnce) => {
        const { createFirst, accounts, database } = setUp();
        const author = await createFirst();
        const run = async (one: (typeof commands)[number], rank: number) => {
          const target = accounts.list()[one.index % accounts.list().length] ?? author;
          if (one.kind === 'role') return accounts.setRole(author, target.id, one.role);
          if (one.kind === 'state') return accounts.setState(author, target.id, one.state);
          return accounts.create(author, { login: `agent${rank}`, displayName: 'Agent', organisation: 'Ville fictive', role: one.role });
        };
        if (atOnce) await Promise.allSettled(commands.map(run));
        else for (const [rank, one] of commands.entries()) await run(one, rank).catch(() => undefined);
        const responsables = accounts.list().filter((agent) => agent.role === 'responsable' && agent.state === 'active');
        database.close();
        expect(responsables.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});

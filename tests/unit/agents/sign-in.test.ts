import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { delayAfterFailures } from '../../../electron/agents/sign-in-delay';
import { goodPassword, quickScrypt, setUp } from './support';

async function withAgent() {
  const context = setUp();
  const responsable = await context.createFirst();
  const made = await context.accounts.create(responsable, { login: 'dany', displayName: 'Dany Exemple', organisation: 'Ville fictive', role: 'agent' });
  return { ...context, responsable, ...made };
}

describe('sign-in', () => {
  it('opens the session, traces it and dates it', async () => {
    const { createFirst, signIn, keeper, journal, accounts } = setUp();
    const agent = await createFirst();
    const session = await signIn.signIn('CLAIRE ', { password: goodPassword });
    expect(keeper.current()).toEqual(session);
    expect(accounts.find(agent.id)?.lastSignInAt).toBe('2026-01-05T08:00:00.000Z');
    expect(journal.at(-1)).toMatchObject({ event: 'session.opened', outcome: 'success', agentId: agent.id });
  });

  it('that cannot be traced is refused', async () => {
    const { createFirst, signIn, keeper, journalState } = setUp();
    await createFirst();
    journalState.isBroken = true;
    await expect(signIn.signIn('claire', { password: goodPassword })).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(keeper.current()).toBeNull();
  });

  it('says the same of an unknown login and of a wrong password, and traces both', async () => {
    const { createFirst, signIn, journal } = setUp();
    const agent = await createFirst();
    const messageOf = (login: string) => signIn.signIn(login, { password: 'pas le bon du tout' }).catch((error: Error) => error.message);
    expect(await messageOf('claire')).toBe(await messageOf('inconnu'));
    expect(journal.slice(1)).toMatchObject([
      { event: 'session.refused', agentId: agent.id },
      { event: 'session.refused', agentId: null },
    ]);
    expect(JSON.stringify(journal)).not.toContain('pas le bon');
  });

  it('refuses a suspended account, and closes the session of one suspended meanwhile', async () => {
    const { accounts, signIn, keeper, agent, responsable, temporaryPassword, sessionChanges } = await withAgent();
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    await accounts.setState(responsable, agent.id, 'suspended');
    expect(keeper.current()).toBeNull();
    expect(sessionChanges.at(-1)).toBe('suspended');
    await expect(signIn.signIn('dany', { password: goodPassword })).rejects.toThrow(/suspendu/);
  });

  it('demands another password in place of a temporary one', async () => {
    const { signIn, keeper, temporaryPassword } = await withAgent();
    await expect(signIn.signIn('dany', { password: temporaryPassword })).rejects.toMatchObject({ data: { field: 'newPassword' } });
    await expect(signIn.signIn('dany', { password: temporaryPassword, newPassword: temporaryPassword })).rejects.toMatchObject({ data: { field: 'newPassword' } });
    expect(keeper.current()).toBeNull();
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    await signIn.signIn('dany', { password: goodPassword });
    await expect(signIn.signIn('dany', { password: temporaryPassword })).rejects.toThrow(/incorrect/);
  });

  it('a role changed meanwhile holds at once', async () => {
    const { accounts, signIn, keeper, agent, responsable, temporaryPassword } = await withAgent();
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    await accounts.setRole(responsable, agent.id, 'auditeur');
    expect(keeper.current()?.agent.role).toBe('auditeur');
  });

  it('without a window is for service accounts alone, whatever password is right', async () => {
    const { accounts, signIn, responsable } = await withAgent();
    const { temporaryPassword: secret } = await accounts.create(responsable, { login: 'robot', displayName: 'Robot', organisation: 'Ville fictive', role: 'service' });
    await expect(signIn.openService('claire', goodPassword)).rejects.toThrow(/incorrect/);
    expect((await signIn.openService('robot', secret)).agent.login).toBe('robot');
  });

  it('never lets a service account in', async () => {
    const { accounts, signIn, responsable } = await withAgent();
    const { temporaryPassword } = await accounts.create(responsable, { login: 'robot', displayName: 'Robot', organisation: 'Ville fictive', role: 'service' });
    await expect(signIn.signIn('robot', { password: temporaryPassword, newPassword: goodPassword })).rejects.toThrow(/incorrect/);
  });
});

describe('a password', () => {
  it('is changed by who knows it, for a sound and different one', async () => {
    const { createFirst, signIn } = setUp();
    const agent = await createFirst();
    const next = `${goodPassword} encore`;
    await expect(signIn.changePassword(agent, 'mauvais', next)).rejects.toMatchObject({ data: { code: 'refused', field: 'currentPassword' } });
    for (const refused of ['court', 'motdepasse123', goodPassword]) {
      await expect(signIn.changePassword(agent, goodPassword, refused), refused).rejects.toMatchObject({ data: { field: 'newPassword' } });
    }
    await signIn.signIn('claire', { password: goodPassword });
    await signIn.changePassword(agent, goodPassword, next);
    await expect(signIn.signIn('claire', { password: goodPassword })).rejects.toThrow(/incorrect/);
    await signIn.signIn('claire', { password: next });
  });

  it('in place of a temporary one is held to the same rule', async () => {
    const { signIn, temporaryPassword } = await withAgent();
    await expect(signIn.signIn('dany', { password: temporaryPassword, newPassword: 'motdepasse123' })).rejects.toMatchObject({ data: { field: 'newPassword' } });
  });

  it('reset by a responsable is temporary, and ends the wait that failures had earned', async () => {
    const { accounts, signIn, responsable, agent, temporaryPassword } = await withAgent();
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    for (let rank = 0; rank < 4; rank += 1) await signIn.signIn('dany', { password: 'mauvais' }).catch(() => undefined);
    const { temporaryPassword: given } = await accounts.resetPassword(responsable, agent.id);
    await expect(signIn.signIn('dany', { password: given })).rejects.toMatchObject({ data: { field: 'newPassword' } });
    await signIn.signIn('dany', { password: given, newPassword: `${goodPassword} encore` });
  });

  it('kept at the cost of former days is kept at today’s from the next sign-in on', async () => {
    const before = setUp();
    await before.createFirst();
    before.database.close();
    const { signIn, database } = setUp(before.path, {}, { ...quickScrypt, logN: quickScrypt.logN + 1 });
    const stored = (): string => (database.prepare('SELECT password_hash AS hash FROM agents').get() as { hash: string }).hash;
    expect(stored()).toContain('$ln=4,');
    await signIn.signIn('claire', { password: goodPassword });
    expect(stored()).toContain('$ln=5,');
    await signIn.signIn('claire', { password: goodPassword });
  });
});

describe('delay after failures', () => {
  it('never shrinks, never passes a quarter of an hour, and leaves a few tries free', () => {
    fc.assert(fc.property(fc.nat(200), (count) => delayAfterFailures(count + 1) >= delayAfterFailures(count) && delayAfterFailures(count) <= 900));
    expect([0, 1, 2, 3, 4, 5].map(delayAfterFailures)).toEqual([0, 0, 0, 2, 4, 8]);
  });

  it('refuses even the right password until its end, then lets it in and forgets', async () => {
    const { createFirst, signIn, time } = setUp();
    await createFirst();
    for (let rank = 0; rank < 4; rank += 1) {
      await signIn.signIn('claire', { password: 'mauvais' }).catch(() => undefined);
      time.ms += rank < 3 ? 2_000 : 0;
    }
    await expect(signIn.signIn('claire', { password: goodPassword })).rejects.toThrow(/patientez 4\u00a0secondes/);
    time.ms += 4_000;
    await signIn.signIn('claire', { password: goodPassword });
    await expect(signIn.signIn('claire', { password: 'mauvais' })).rejects.toThrow(/^Identifiant ou mot de passe incorrect\.$/);
  });

  it('counts tries made at the same time', async () => {
    const { createFirst, signIn, journal } = setUp();
    await createFirst();
    await Promise.allSettled(Array.from({ length: 8 }, () => signIn.signIn('claire', { password: 'mauvais' })));
    expect(journal.filter((event) => event.detail.includes('délai'))).toHaveLength(5);
  });

  it('survives a restart and a clock set back', async () => {
    const first = setUp();
    await first.createFirst();
    for (let rank = 0; rank < 3; rank += 1) await first.signIn.signIn('claire', { password: 'mauvais' }).catch(() => undefined);
    first.database.close();
    const second = setUp(first.path);
    second.time.ms -= 3_600_000;
    await expect(second.signIn.signIn('claire', { password: goodPassword })).rejects.toThrow(/patientez 2\u00a0secondes/);
  });
});

describe('lock', () => {
  it('comes after inactivity and is put off by activity', async () => {
    const { createFirst, signIn, keeper, time, sessionChanges } = setUp();
    await createFirst();
    await signIn.signIn('claire', { password: goodPassword });
    time.ms += 14 * 60_000;
    keeper.touch();
    time.ms += 14 * 60_000;
    expect(keeper.current()).not.toBeNull();
    time.ms += 60_000;
    keeper.checkIdle();
    expect(sessionChanges.at(-1)).toBe('expired');
    keeper.touch();
    expect(keeper.current()).toBeNull();
    expect(keeper.lockedAgent()?.login).toBe('claire');
  });

  it('closes everything at once, and is not undone by activity', async () => {
    const { createFirst, signIn, keeper } = setUp();
    await createFirst();
    await signIn.signIn('claire', { password: goodPassword });
    keeper.lock();
    expect(keeper.current()).toBeNull();
    keeper.touch();
    expect(keeper.current()).toBeNull();
    expect(keeper.lockedAgent()?.login).toBe('claire');
  });

  it.each([
    ['activity that comes too late', { ms: 15 * 60_000, monotonicLagMs: 0 }],
    ['a machine that slept', { ms: 8 * 3_600_000, monotonicLagMs: 8 * 3_600_000 }],
    ['a clock that was set back', { ms: -3_600_000, monotonicLagMs: -2 * 3_600_000 }],
  ])('is not escaped by %s', async (_name, { ms, monotonicLagMs }) => {
    const { createFirst, signIn, keeper, time } = setUp();
    await createFirst();
    await signIn.signIn('claire', { password: goodPassword });
    time.ms += ms;
    time.monotonicLagMs += monotonicLagMs;
    keeper.touch();
    expect(keeper.current()).toBeNull();
  });

  it('opens to the password of its owner alone, or to another person who signs in', async () => {
    const { signIn, keeper, temporaryPassword, journal, agent } = await withAgent();
    await signIn.signIn('claire', { password: goodPassword });
    keeper.lock();
    await expect(signIn.unlock({ password: temporaryPassword })).rejects.toThrow(/incorrect/);
    await signIn.unlock({ password: goodPassword });
    expect(keeper.current()?.agent.login).toBe('claire');
    keeper.lock();
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    expect(keeper.current()?.agent.id).toBe(agent.id);
    expect(journal.slice(-2).map((event) => event.event)).toEqual(['session.closed', 'session.opened']);
  });

  it('sign-out closes even when the journal is broken, and says so', async () => {
    const { createFirst, signIn, keeper, journalState } = setUp();
    await createFirst();
    await signIn.signIn('claire', { password: goodPassword });
    journalState.isBroken = true;
    await expect(signIn.signOut()).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(keeper.current()).toBeNull();
    expect(keeper.lockedAgent()).toBeNull();
  });
});

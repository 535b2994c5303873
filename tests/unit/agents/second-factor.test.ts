import { inspect } from 'node:util';

import * as OTPAuth from 'otpauth';
import { describe, expect, it } from 'vitest';

import { goodPassword, setUp } from './support';

async function withSecondFactor() {
  const context = setUp();
  const agent = await context.createFirst();
  const { secret, uri } = context.signIn.beginSecondFactor(agent);
  const codeNow = () => new OTPAuth.TOTP({ secret }).generate({ timestamp: context.time.ms });
  const recoveryCodes = await context.signIn.confirmSecondFactor(agent, codeNow());
  context.time.ms += 30_000;
  const enter = (code?: string) => context.signIn.signIn('claire', { password: goodPassword, code });
  return { ...context, agent, secret, uri, codeNow, recoveryCodes, enter };
}

const refusedCode = { data: { code: 'refused', field: 'code' } };

describe('second factor', () => {
  it('is on only once a right code has confirmed it', async () => {
    const { createFirst, signIn } = setUp();
    const agent = await createFirst();
    signIn.beginSecondFactor(agent);
    await expect(signIn.confirmSecondFactor(agent, '000000')).rejects.toMatchObject({ data: { field: 'code' } });
    await signIn.signIn('claire', { password: goodPassword });
  });

  it('is asked for after the right password only, and lets a right code in once', async () => {
    const { enter, signIn, codeNow, time, uri } = await withSecondFactor();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Instruire:claire\?/);
    await expect(signIn.signIn('claire', { password: 'mauvais' })).rejects.toMatchObject({ data: { field: null } });
    await expect(enter()).rejects.toMatchObject(refusedCode);
    const code = codeNow();
    await enter(code);
    await expect(enter(code)).rejects.toMatchObject(refusedCode);
    time.ms += 30_000;
    await enter(codeNow());
  });

  it('does not take the code that has just confirmed it', async () => {
    const { createFirst, signIn, time } = setUp();
    const agent = await createFirst();
    const { secret } = signIn.beginSecondFactor(agent);
    const code = new OTPAuth.TOTP({ secret }).generate({ timestamp: time.ms });
    await signIn.confirmSecondFactor(agent, code);
    await expect(signIn.signIn('claire', { password: goodPassword, code })).rejects.toMatchObject(refusedCode);
  });

  it('takes no recovery code of somebody else', async () => {
    const { enter, signIn, accounts, agent, recoveryCodes, time } = await withSecondFactor();
    const { agent: other, temporaryPassword } = await accounts.create(agent, { login: 'dany', displayName: 'Dany', organisation: 'Ville fictive', role: 'agent' });
    await signIn.signIn('dany', { password: temporaryPassword, newPassword: goodPassword });
    const { secret } = signIn.beginSecondFactor(other);
    await signIn.confirmSecondFactor(other, new OTPAuth.TOTP({ secret }).generate({ timestamp: time.ms }));
    const [own = ''] = recoveryCodes;
    await expect(signIn.signIn('dany', { password: goodPassword, code: own })).rejects.toMatchObject(refusedCode);
    await enter(own);
  });

  it('takes a code one step late, not two', async () => {
    const { enter, codeNow, time } = await withSecondFactor();
    const late = codeNow();
    time.ms += 30_000;
    await enter(late);
    time.ms += 60_000;
    const tooLate = codeNow();
    time.ms += 60_000;
    await expect(enter(tooLate)).rejects.toMatchObject(refusedCode);
  });

  it('wrong codes are counted and traced as wrong passwords are', async () => {
    const { enter, journal } = await withSecondFactor();
    for (let rank = 0; rank < 3; rank += 1) await enter('000000').catch(() => undefined);
    await expect(enter('000000')).rejects.toThrow(/patientez/);
    expect(journal.filter((event) => event.detail === 'Second facteur incorrect.')).toHaveLength(3);
  });

  it('a recovery code opens once, typed as it was printed or not', async () => {
    const { enter, recoveryCodes } = await withSecondFactor();
    const [first = '', second = ''] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);
    await enter(first);
    await expect(enter(first)).rejects.toMatchObject(refusedCode);
    await enter(second.replace(/-/g, ' ').toUpperCase());
  });

  it('is not spent by a sign-in that still lacks the new password', async () => {
    const { accounts, agent, signIn, codeNow } = await withSecondFactor();
    const { temporaryPassword } = await accounts.resetPassword(agent, agent.id);
    const code = codeNow();
    await expect(signIn.signIn('claire', { password: temporaryPassword, code })).rejects.toMatchObject({ data: { field: 'newPassword' } });
    await signIn.signIn('claire', { password: temporaryPassword, code, newPassword: `${goodPassword} encore` });
  });

  it('neither its secret nor its recovery codes lie in clear in the database', async () => {
    const { database, secret, recoveryCodes } = await withSecondFactor();
    const stored = ['vault_secrets', 'second_factors', 'recovery_codes', 'agents'].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
    const text = inspect(stored, { depth: 9, maxStringLength: null, maxArrayLength: null });
    for (const clear of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace(/-/g, ''))]) expect(text).not.toContain(clear);
  });

  it('is removed by its owner’s password, or by a responsable', async () => {
    const { signIn, agent, accounts, codeNow } = await withSecondFactor();
    await expect(signIn.removeSecondFactor(agent, 'mauvais')).rejects.toMatchObject({ data: { field: 'password' } });
    await signIn.removeSecondFactor(agent, goodPassword);
    await signIn.signIn('claire', { password: goodPassword });
    signIn.beginSecondFactor(agent);
    await accounts.removeSecondFactor(agent, agent.id);
    await signIn.signIn('claire', { password: goodPassword });
    expect(codeNow()).toHaveLength(6);
  });
});

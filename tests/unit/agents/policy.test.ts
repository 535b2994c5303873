import * as OTPAuth from 'otpauth';
import { describe, expect, it } from 'vitest';

import { dispatch } from '../../../electron/dispatch';
import type { Handlers } from '../../../electron/ipc';
import { type ChannelName, channels } from '../../../shared/ipc';
import { mayUse } from '../rights/rights-document';
import { goodPassword, setUp } from './support';

async function signedIn() {
  const context = setUp(undefined, { secondFactorRequired: true, organisation: 'Métropole fictive' });
  const agent = await context.createFirst();
  const session = await context.signIn.signIn('claire', { password: goodPassword });
  const codeOf = async (name: ChannelName) => {
    const options = { handlers: {} as Handlers, currentSession: context.keeper.current, ready: () => Promise.resolve(), traceReading: () => Promise.resolve(), onForbidden: () => undefined, logError: () => undefined };
    const result = await dispatch(options, name, undefined);
    return result.ok ? 'ok' : result.error.field;
  };
  const activate = async () => {
    const { secret } = context.signIn.beginSecondFactor(agent);
    await context.signIn.confirmSecondFactor(agent, new OTPAuth.TOTP({ secret }).generate({ timestamp: context.time.ms }));
  };
  return { ...context, agent, session, codeOf, activate };
}

const beyondSession = (Object.keys(channels) as ChannelName[]).filter((name) => mayUse('responsable', name) && channels[name].access !== 'public' && !name.startsWith('session.'));

describe('a second factor that the organisation demands', () => {
  it('closes every channel but the agent’s own session until it is set up', async () => {
    const { session, codeOf, activate, keeper } = await signedIn();
    expect(session.secondFactorDue).toBe(true);
    for (const name of beyondSession) expect(await codeOf(name), name).toBe('secondFactor');
    expect(await codeOf('session.protection')).not.toBe('secondFactor');
    await activate();
    expect(keeper.current()?.secondFactorDue).toBeUndefined();
    for (const name of beyondSession) expect(await codeOf(name), name).not.toBe('secondFactor');
  });

  it('cannot be taken off by its holder, and is due again at once when a responsable takes it off', async () => {
    const { signIn, accounts, agent, activate, codeOf, keeper } = await signedIn();
    await activate();
    await expect(signIn.removeSecondFactor(agent, goodPassword)).rejects.toMatchObject({ data: { code: 'forbidden' } });
    await accounts.removeSecondFactor(agent, agent.id);
    expect(keeper.current()?.secondFactorDue).toBe(true);
    expect(await codeOf('dossiers.list')).toBe('secondFactor');
  });

  it('is not asked for where nobody demands it', async () => {
    const { createFirst, signIn } = setUp();
    await createFirst();
    expect((await signIn.signIn('claire', { password: goodPassword })).secondFactorDue).toBeUndefined();
  });
});

it('the organisation that the policy names is every account’s, whatever is typed', async () => {
  const { agent, accounts } = await signedIn();
  expect(agent.organisation).toBe('Métropole fictive');
  const made = await accounts.create(agent, { login: 'dany', displayName: 'Dany Exemple', organisation: 'Ailleurs', role: 'agent' });
  expect(made.agent.organisation).toBe('Métropole fictive');
});

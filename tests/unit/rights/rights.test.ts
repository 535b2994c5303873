import { describe, expect, it } from 'vitest';

import { dispatch } from '../../../electron/dispatch';
import type { Handlers } from '../../../electron/ipc';
import { IpcFailure } from '../../../electron/ipc-failure';
import type { Session } from '../../../shared/domain/agent';
import { type Right, type Role, ROLES, rightsOfRole } from '../../../shared/domain/rights';
import { type ChannelName, channels } from '../../../shared/ipc';
import { mayUse, rightsDocument } from './rights-document';

const names = Object.keys(channels) as ChannelName[];

describe('the written matrix', () => {
  it('says what the code enforces', async () => {
    await expect(rightsDocument()).toMatchFileSnapshot('../../../docs/rights.md');
  });

  it('keeps the auditor from company data, and management to the responsable', () => {
    const companyData: readonly Right[] = ['dossiers.read', 'dossiers.write', 'consult', 'documents.read', 'batches.run'];
    expect(companyData.filter((right) => rightsOfRole.auditeur.has(right))).toEqual([]);
    const management: readonly Right[] = ['agents.manage', 'habilitations.manage', 'settings.manage', 'dossiers.manage'];
    for (const right of management) expect(ROLES.filter((role) => rightsOfRole[role].has(right))).toEqual(['responsable']);
    expect(ROLES.filter((role) => rightsOfRole[role].has('journal.all'))).toEqual(['auditeur']);
  });

  it('leaves open before sign-in only what signing in needs', () => {
    const open = names.filter((name) => channels[name].access === 'public');
    expect(open.filter((name) => !name.startsWith('session.'))).toEqual([]);
  });
});

describe('every channel, walked', () => {
  const reached: string[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        reached.push(name);
        throw new IpcFailure('refused', 'reached');
      },
    ]),
  ) as unknown as Handlers;

  async function codeOf(name: string, session: Session | null) {
    const forbidden: string[] = [];
    const result = await dispatch(
      { handlers, currentSession: () => session, ready: () => Promise.resolve(), traceReading: () => Promise.resolve(), onForbidden: (channelName) => forbidden.push(channelName), logError: () => undefined },
      name,
      undefined,
    );
    return { code: result.ok ? 'ok' : result.error.code, isTraced: forbidden.includes(name) };
  }

  function sessionOf(role: Role): Session {
    return {
      agent: { id: role, login: role, displayName: role, role, organisation: 'Ville fictive', state: 'active', lastSignInAt: null },
      signedInAt: '2026-01-05T08:00:00.000Z',
    };
  }

  it.each(ROLES)('by a signed-in %s is refused, and traced, exactly where the matrix says', async (role) => {
    for (const name of names) {
      const { code, isTraced } = await codeOf(name, sessionOf(role));
      expect(code === 'forbidden', name).toBe(!mayUse(role, name));
      expect(isTraced, name).toBe(!mayUse(role, name));
    }
  });

  it('without a session is refused unless public', async () => {
    for (const name of names) {
      const { code } = await codeOf(name, null);
      expect(code === 'not_signed_in', name).toBe(channels[name].access !== 'public');
    }
  });

  it('gives no answer to whoever signed in while it was prepared', async () => {
    let current = sessionOf('responsable');
    const slow = {
      ...handlers,
      'settings.update': () => {
        current = sessionOf('agent');
        return {};
      },
    } as unknown as Handlers;
    const options = { handlers: slow, currentSession: () => current, ready: () => Promise.resolve(), traceReading: () => Promise.resolve(), onForbidden: () => undefined, logError: () => undefined };
    expect(await dispatch(options, 'settings.update', {})).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
  });

  it('never reaches a handler that the role may not use, and names that are not channels reach nothing', async () => {
    reached.length = 0;
    for (const name of names) await codeOf(name, sessionOf('auditeur'));
    expect(reached.filter((name) => !mayUse('auditeur', name as ChannelName))).toEqual([]);
    for (const name of ['__proto__', 'constructor', 'session', '']) expect((await codeOf(name, sessionOf('responsable'))).code).toBe('not_found');
  });
});

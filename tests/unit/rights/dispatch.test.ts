import { describe, expect, it } from 'vitest';

import { dispatch, type DispatchOptions, type Handlers } from '../../../electron/dispatch';
import { JournalWriteError } from '../../../electron/journal/index';
import { fileFailure } from '../../../electron/files/file-failure';
import type { Agent, Session } from '../../../shared/domain/agent';

const agentOf = (id: string): Agent => ({ id, login: id, displayName: id, role: 'responsable', organisation: 'Ville fictive', state: 'active', lastSignInAt: null });
const sessionOf = (id: string): Session => ({ agent: agentOf(id), signedInAt: '2026-01-05T08:00:00.000Z' });

/** What is kept of one call. */
const answer = {
  consultationId: 'c',
  dossierId: 'd',
  endpointId: 'insee.unite_legale.v4',
  identifier: '299031112',
  parameters: {},
  data: {},
  meta: {},
  provider: 'Insee',
  receivedAt: '2026-01-05T08:00:00.000Z',
  requestId: null,
  httpStatus: 200,
  durationMs: 1,
  quotaCost: 1,
  servedFromCache: null,
  cacheExpiresAt: null,
  documents: [],
};

/** The door in front of one handler, and what passed it. */
function door(handlers: Record<string, (input: never) => unknown>, changes: Partial<DispatchOptions> = {}) {
  const logged: unknown[] = [];
  const options: DispatchOptions = {
    handlers: handlers as unknown as Handlers,
    currentSession: () => sessionOf('a'),
    ready: () => Promise.resolve(),
    onForbidden: () => undefined,
    traceReading: () => Promise.resolve(),
    logError: (_channel, error) => void logged.push(error),
    ...changes,
  };
  return { logged, ask: (channel: string, input?: unknown) => dispatch(options, channel, input) };
}

describe('the door of main', () => {
  it('shows a handler nothing that the contract does not describe, and names the field', async () => {
    const received: unknown[] = [];
    const { ask } = door({ 'agents.setRole': (input) => received.push(input) });
    expect(await ask('agents.setRole', { id: 'x', role: 'souverain' })).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'role' } });
    expect(await ask('agents.setRole', null)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(received).toEqual([]);
  });

  it('says in the journal’s own words what it could not write, for a file as well', async () => {
    const untraced = new JournalWriteError('locked');
    const { ask } = door({ 'agents.list': () => Promise.reject(untraced) });
    expect(await ask('agents.list')).toMatchObject({ ok: false, error: { code: 'unavailable', message: untraced.message } });
    expect(fileFailure(untraced).message).toBe(untraced.message);
  });

  it('lets out of an answer what the contract describes, and nothing else', async () => {
    const { ask } = door({ 'agents.list': () => [{ ...agentOf('a'), passwordHash: '$scrypt$…' }] });
    expect(await ask('agents.list')).toEqual({ ok: true, value: [agentOf('a')] });
  });

  it('keeps an answer that is not one of the contract, and the details of what broke, to the log', async () => {
    const broken = new Error('SQLITE_CORRUPT at /home/claire/instruire.db');
    const { ask, logged } = door({
      'agents.list': () => [{ id: 'a', secret: 'jeton' }],
      'dossiers.list': () => {
        throw broken;
      },
    });
    for (const result of [await ask('agents.list'), await ask('dossiers.list', {})]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
      expect(JSON.stringify(result)).not.toMatch(/SQLITE|claire|jeton|expected/);
    }
    expect(logged).toHaveLength(2);
    expect(logged[1]).toBe(broken);
  });

  it('gives nothing to whoever signed in while the reading was being traced', async () => {
    let current = sessionOf('a');
    const { ask } = door(
      { 'consultation.latest': () => [answer] },
      {
        currentSession: () => current,
        traceReading: () => {
          current = sessionOf('b');
          return Promise.resolve();
        },
      },
    );
    expect(await ask('consultation.latest', { dossierId: 'd', identifier: '299031112' })).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dispatch, type DispatchOptions } from '../../../electron/dispatch';
import type { Handlers } from '../../../electron/ipc';
import type { Session } from '../../../shared/domain/agent';
import type { Role } from '../../../shared/domain/rights';

function sessionOf(id: string, role: Role): Session {
  return { agent: { id, login: id, displayName: id, role, organisation: 'Ville fictive', state: 'active', lastSignInAt: null }, signedInAt: '2026-01-05T08:00:00.000Z' };
}

const sessions = [null, sessionOf('a', 'responsable'), sessionOf('b', 'responsable'), sessionOf('c', 'agent'), sessionOf('a', 'agent')] as const;

type Step = { readonly do: 'send' } | { readonly do: 'settle' } | { readonly do: 'session'; readonly to: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ do: 'send' }),
  fc.constant<Step>({ do: 'settle' }),
  fc.nat(sessions.length - 1).map((to): Step => ({ do: 'session', to })),
);

describe('messages that wait while sessions come and go', () => {
  it('are obeyed in the session that they were sent in, with the rights that it still has, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        let current: Session | null = null;
        let release: () => void = () => undefined;
        let gate = new Promise<void>((resolve) => (release = resolve));
        const senders: (string | undefined)[] = [];
        const faults: string[] = [];
        const options: DispatchOptions = {
          handlers: {
            'agents.list': (_input: unknown, { session }: { session: Session }) => {
              if (session.agent.id !== current?.agent.id) faults.push('obeyed in a session that is over');
              if (current?.agent.role !== 'responsable') faults.push('obeyed without the right');
              return [session.agent];
            },
          } as unknown as Handlers,
          currentSession: () => current,
          ready: () => gate,
          onForbidden: () => undefined,
          traceReading: () => Promise.resolve(),
          logError: () => undefined,
        };
        const open = (): void => {
          release();
          gate = new Promise<void>((resolve) => (release = resolve));
        };
        const sent: ReturnType<typeof dispatch>[] = [];
        for (const one of steps) {
          if (one.do === 'session') current = sessions[one.to] ?? null;
          else if (one.do === 'settle') {
            open();
            await new Promise((resolve) => setImmediate(resolve));
          } else {
            senders.push((current as Session | null)?.agent.id);
            sent.push(dispatch(options, 'agents.list', undefined));
          }
        }
        for (let turn = 0; turn < 3; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          open();
        }
        const results = await Promise.all(sent);
        results.forEach((result, rank) => {
          if (result.ok && (result.value as readonly { id: string }[])[0]?.id !== senders[rank]) faults.push('answered by another session');
        });
        expect(faults).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

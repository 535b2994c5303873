import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { create } from 'zustand';

import { sessionStore } from '../../../renderer/app/session-memory';
import { followSession } from '../../../renderer/app/session-store';
import type { EventPayload } from '../../../shared/ipc';

type Reason = EventPayload<'session.changed'>['reason'];

const useWork = sessionStore(create<{ readonly answer: string | null }>(() => ({ answer: null })));
const answers = (answer: string): void => useWork.setState({ answer });
const seen = (): string | null => useWork.getState().answer;

let announce: (reason: Reason) => void = () => undefined;

/** The window reads the contract before it listens. */
async function tell(reason: Reason): Promise<void> {
  announce(reason);
  await vi.dynamicImportSettled();
}

beforeEach(async () => {
  const on = (_event: string, listener: (payload: unknown) => void): (() => void) => {
    announce = (reason) => listener({ reason, session: null });
    return () => undefined;
  };
  vi.stubGlobal('window', { instruire: { on, call: () => new Promise(() => undefined) } });
  followSession();
  await tell('signed-in');
});
afterEach(() => vi.unstubAllGlobals());

describe('what the window holds of an agent’s work', () => {
  it.each(['signed-out', 'suspended', 'expired'] as const)('is emptied when he leaves (%s), and again of what came late before the next one', async (reason) => {
    answers('of the first agent');
    await tell(reason);
    expect(seen()).toBeNull();
    answers('of the first agent, late');
    await tell('signed-in');
    expect(seen()).toBeNull();
  });

  it('is kept under the lock, with what comes meanwhile', async () => {
    answers('at work');
    await tell('locked');
    answers('come under the lock');
    await tell('signed-in');
    expect(seen()).toBe('come under the lock');
  });

  it('under the lock is emptied when somebody else signs in instead', async () => {
    answers('at work');
    await tell('locked');
    await tell('signed-out');
    answers('late');
    await tell('signed-in');
    expect(seen()).toBeNull();
  });
});

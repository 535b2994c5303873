import type { Agent, Session } from '../../shared/domain/agent';
import type { Clock } from '../storage/clock';

export type SessionChangeReason = 'signed-in' | 'signed-out' | 'locked' | 'suspended' | 'expired';

export interface SessionKeeperDeps {
  readonly clock: Clock;
  /** Read at each check, so that a changed setting holds at once. */
  readonly lockAfterMs: () => number;
  readonly findAgent: (id: string) => Agent | undefined;
  /** Asked at each check, so that a second factor set up or removed counts at once. */
  readonly isSecondFactorDue: (agentId: string) => boolean;
  readonly onChange: (session: Session | null, reason: SessionChangeReason) => void;
}

interface OpenSession {
  readonly agentId: string;
  readonly signedInAt: string;
  lastActivityAt: number;
  lastActivityMonotonic: number;
  isLocked: boolean;
  /** The organisation's identity provider answers for him, second factor included. */
  readonly isVouchedFor: boolean;
}

export type SessionKeeper = ReturnType<typeof createSessionKeeper>;

/** The one session of this workstation: in memory only, gone with the process. */
export function createSessionKeeper({ clock, lockAfterMs, findAgent, isSecondFactorDue, onChange }: SessionKeeperDeps) {
  let open: OpenSession | null = null;

  function close(reason: SessionChangeReason): void {
    if (!open) return;
    open = null;
    onChange(null, reason);
  }

  function lock(reason: 'locked' | 'expired' = 'locked'): void {
    if (!open || open.isLocked) return;
    open.isLocked = true;
    onChange(null, reason);
  }

  function activeAgent(): Agent | null {
    if (!open) return null;
    const agent = findAgent(open.agentId);
    if (agent?.state === 'active') return agent;
    close('suspended');
    return null;
  }

  /** The session as it stands now: role and state are read again, inactivity is checked. */
  function current(): Session | null {
    const agent = activeAgent();
    if (!open || !agent || open.isLocked) return null;
    if (idleMs(open, clock) >= lockAfterMs()) {
      lock('expired');
      return null;
    }
    return sessionOf(open, agent, isSecondFactorDue);
  }

  return {
    current,
    lock,
    /** To be called at short intervals, so that the screen hides itself without waiting for a call. */
    checkIdle(): void {
      current();
    },
    /** Whose session is locked, if one is. */
    lockedAgent(): Agent | null {
      current();
      return open?.isLocked ? activeAgent() : null;
    },
    open(agent: Agent, isVouchedFor = false): Session {
      const signedInAt = new Date(clock.now()).toISOString();
      open = {
        agentId: agent.id,
        signedInAt,
        lastActivityAt: clock.now(),
        lastActivityMonotonic: clock.monotonic(),
        isLocked: false,
        isVouchedFor,
      };
      const session = sessionOf(open, agent, isSecondFactorDue);
      onChange(session, 'signed-in');
      return session;
    },
    touch(): void {
      if (!open || !current()) return;
      open.lastActivityAt = clock.now();
      open.lastActivityMonotonic = clock.monotonic();
    },
    close,
  };
}

function sessionOf({ agentId, signedInAt, isVouchedFor }: OpenSession, agent: Agent, isSecondFactorDue: (agentId: string) => boolean): Session {
  return { agent, signedInAt, ...(!isVouchedFor && isSecondFactorDue(agentId) ? { secondFactorDue: true } : {}) };
}

/** The monotonic clock stops while the machine sleeps, the other can be set back: the longer time counts. */
function idleMs(session: OpenSession, clock: Clock): number {
  return Math.max(clock.now() - session.lastActivityAt, clock.monotonic() - session.lastActivityMonotonic);
}

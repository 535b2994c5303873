import type { Role } from './rights';

export type AgentState = 'active' | 'suspended';

/** An account, as the screens see it: no secret in it. */
export interface Agent {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisation: string;
  readonly state: AgentState;
  /** ISO 8601 UTC; null before the first sign-in. */
  readonly lastSignInAt: string | null;
}

/** Who is signed in, as the renderer knows it. */
export interface Session {
  readonly agent: Agent;
  readonly signedInAt: string;
  /** The organisation demands a second factor that is not set up yet: until then nothing else can be done. */
  readonly secondFactorDue?: boolean | undefined;
}

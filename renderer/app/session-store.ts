import { create } from 'zustand';

import type { ChannelOutput } from '../../shared/ipc';
import { callMain, messageOf, onMain } from './bridge';
import { resetNavigation } from './navigation';
import { forgetSession } from './session-memory';

export type StartState = ChannelOutput<'session.start'>;
export type Session = ChannelOutput<'session.signIn'>;

interface SessionStore {
  /** Null until main has answered once. */
  readonly start: StartState | null;
  readonly problem: string | null;
  /** Why the gate is shown again, as a sentence. */
  readonly farewell: string | null;
}

export const useSession = create<SessionStore>(() => ({ start: null, problem: null, farewell: null }));

export async function loadStart(): Promise<void> {
  try {
    useSession.setState({ start: await callMain('session.start', undefined), problem: null });
  } catch (error) {
    useSession.setState({ problem: messageOf(error) });
  }
}

const farewells = {
  'signed-in': null,
  'signed-out': null,
  locked: 'La session s’est verrouillée. Votre travail est conservé.',
  suspended: 'Ce compte a été suspendu. Adressez-vous à votre responsable.',
  expired: 'La session a expiré. Connectez-vous de nouveau.',
} as const;

/** Follows main, which alone decides who is signed in. */
export function followSession(): void {
  let isLeft = false;
  onMain('notices.changed', () => void loadStart());
  onMain('session.changed', ({ reason }) => {
    const isLeaving = reason !== 'signed-in' && reason !== 'locked';
    if (isLeaving) resetNavigation();
    // A call that was on its way when its agent left may have answered the empty screen: the next one finds nothing of it.
    if (isLeaving || (reason === 'signed-in' && isLeft)) forgetSession();
    if (reason !== 'locked') isLeft = isLeaving;
    useSession.setState({ farewell: farewells[reason] });
    void loadStart();
  });
}

const TOUCH_EVERY_MS = 20_000;

/** Tells main that the agent is at work, so that the session does not lock under his hands. */
export function reportActivity(): () => void {
  let lastTouch = 0;
  const touch = (): void => {
    if (Date.now() - lastTouch < TOUCH_EVERY_MS) return;
    lastTouch = Date.now();
    callMain('session.touch', undefined).catch(() => undefined);
  };
  window.addEventListener('keydown', touch);
  window.addEventListener('pointerdown', touch);
  return () => {
    window.removeEventListener('keydown', touch);
    window.removeEventListener('pointerdown', touch);
  };
}

import { create } from 'zustand';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf } from '../../app/bridge';
import { sessionStore } from '../../app/session-memory';

export type Habilitation = ChannelOutput<'habilitations.list'>[number];

interface HabilitationsStore {
  /** Null until main has answered once. */
  readonly habilitations: readonly Habilitation[] | null;
  readonly problem: string | null;
}

/** Habilitations of the agent signed in, shared by their screens and by the notices. */
export const useHabilitations = sessionStore(create<HabilitationsStore>(() => ({ habilitations: null, problem: null })));

export async function loadHabilitations(): Promise<void> {
  try {
    useHabilitations.setState({ habilitations: await callMain('habilitations.list', undefined), problem: null });
  } catch (error) {
    useHabilitations.setState({ problem: messageOf(error) });
  }
}

/** Puts in place what main just answered; a new one is added. */
export function keepHabilitation(changed: Habilitation): void {
  useHabilitations.setState(({ habilitations }) => {
    const known = habilitations ?? [];
    const isNew = !known.some(({ id }) => id === changed.id);
    return { habilitations: isNew ? [...known, changed] : known.map((one) => (one.id === changed.id ? changed : one)) };
  });
}

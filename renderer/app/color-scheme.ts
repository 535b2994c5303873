import type { MantineColorSchemeManager } from '@mantine/core';

import { useSession } from './session-store';

let stopFollowing = (): void => undefined;

/** The colour scheme is a setting, which main keeps and tells with its first answer; until then the system's. */
export const colorSchemeOfSettings: MantineColorSchemeManager = {
  get: (ofSystem) => useSession.getState().start?.colorScheme ?? ofSystem,
  subscribe: (apply) => {
    // An answer that came between the drawing and this moment was read by nobody.
    const { start: known } = useSession.getState();
    if (known) apply(known.colorScheme);
    stopFollowing = useSession.subscribe(({ start }, before) => {
      if (start && start.colorScheme !== before.start?.colorScheme) apply(start.colorScheme);
    });
  },
  unsubscribe: () => stopFollowing(),
  // Whoever chooses another one writes the setting: nothing is kept beside it.
  set: () => undefined,
  clear: () => undefined,
};

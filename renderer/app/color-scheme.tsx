import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';

import { useSession } from './session-store';

/** Applies the colour scheme kept in the settings when the window opens; until it is known, the system's. */
export function ColorSchemeFromSettings(): null {
  const { setColorScheme } = useMantineColorScheme();
  const colorScheme = useSession(({ start }) => start?.colorScheme);
  useEffect(() => {
    if (colorScheme !== undefined) setColorScheme(colorScheme);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when it is first known: the settings screen sets it from then on
  }, [colorScheme]);
  return null;
}

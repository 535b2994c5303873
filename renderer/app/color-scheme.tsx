import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';

import { callMain } from './bridge';

/** Applies the colour scheme kept in the settings when the window opens. */
export function ColorSchemeFromSettings(): null {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    callMain('settings.get', undefined).then(
      (settings) => setColorScheme(settings.colorScheme),
      // Without settings the system's scheme stays.
      () => undefined,
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the window opens
  }, []);
  return null;
}

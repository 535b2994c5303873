import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect } from 'react';

import { Gate } from '../features/session';
import { ErrorBoundary } from './error-boundary';
import { ColorSchemeFromSettings } from './color-scheme';
import { followSession, loadStart, useSession } from './session-store';
import { Shell } from './shell';
import { cssVariables, theme } from './theme';

const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') ?? '';

declare global {
  /** Where the scroll lock of dialogs looks for the nonce of the styles that it adds. */
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ = nonce;

export function App(): ReactNode {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <ColorSchemeFromSettings />
      <Notifications position="bottom-right" limit={4} />
      <ErrorBoundary>
        <Entrance />
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** Shows the gate or the workstation, as main says. */
function Entrance(): ReactNode {
  const start = useSession((state) => state.start);
  const problem = useSession((state) => state.problem);
  useEffect(() => {
    void loadStart();
    return followSession();
  }, []);
  useEffect(() => {
    if (start || problem) document.documentElement.dataset['appState'] = 'ready';
  }, [start, problem]);
  if (start?.session) return <Shell start={start} session={start.session} />;
  return <Gate />;
}

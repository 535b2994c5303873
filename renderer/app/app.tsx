import { Loader, MantineProvider } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';

import { Gate } from '../features/session';
import { ErrorBoundary } from './error-boundary';
import { colorSchemeOfSettings } from './color-scheme';
import { useSession } from './session-store';
import { theme } from './theme';

// The sign-in screen is usable at once; the rest of the interface is read while the agent types.
const Shell = lazy(async () => ({ default: (await import('./shell')).Shell }));

const Toaster = lazy(async () => ({ default: (await import('./toaster')).Toaster }));

const SecondFactorGate = lazy(async () => {
  const [{ SecondFactorGate: Screen }] = await Promise.all([import('../features/account'), import('./all-styles')]);
  return { default: Screen };
});

const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') ?? '';

declare global {
  /** Where the scroll lock of dialogs looks for the nonce of the styles that it adds. */
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ = nonce;

export function App(): ReactNode {
  return (
    <MantineProvider theme={theme} withCssVariables={false} colorSchemeManager={colorSchemeOfSettings} defaultColorScheme="auto" getStyleNonce={() => nonce}>
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
    if (start || problem) document.documentElement.dataset['appState'] = 'ready';
  }, [start, problem]);
  if (!start?.session) return <Gate />;
  return (
    <Suspense fallback={<Loader m="xl" aria-label="Ouverture de l’espace de travail" />}>
      <Toaster />
      {start.session.secondFactorDue === true ? <SecondFactorGate /> : <Shell start={start} session={start.session} />}
    </Suspense>
  );
}

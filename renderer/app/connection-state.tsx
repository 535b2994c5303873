import { useNetwork } from '@mantine/hooks';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Environment } from '../../shared/domain/environment';

/** Whether calls can leave at all: the sandbox lives in the application and needs no network. */
export function ConnectionState({ environment }: { readonly environment: Environment }): ReactNode {
  const { online } = useNetwork();
  const isReachable = online || environment === 'sandbox';
  const Icon = isReachable ? IconPlugConnected : IconPlugConnectedX;
  return (
    <span className="status-item" role="status" style={{ gap: 6 }}>
      <Icon size={15} stroke={1.6} aria-hidden />
      {stateText(environment, online)}
    </span>
  );
}

function stateText(environment: Environment, online: boolean): string {
  if (environment === 'sandbox') return 'Service d’essai intégré';
  return online ? 'Réseau disponible' : 'Poste hors ligne : aucun appel ne peut partir';
}

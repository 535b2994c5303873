import { Alert, Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Environment } from '../../../shared/domain/environment';
import { hasRight, type Role } from '../../../shared/domain/rights';
import { useSession } from '../../app/session-store';
import { useAction } from '../../components/use-action';
import { tourSteps } from './tour-steps';
import { startTour, useTour } from './tour-store';

/** The tour makes a dossier and consults: in the sandbox, for whoever may do both. */
export function isTourOpen(role: Role, environment: Environment): boolean {
  return environment === 'sandbox' && hasRight(role, 'consult') && hasRight(role, 'dossiers.write');
}

/** Takes the tour up, for the first time or where it was left; nothing where there is no tour. */
export function TourEntry({ onStarted }: { readonly onStarted: () => void }): ReactNode {
  const start = useSession((state) => state.start);
  const { place, dossierId } = useTour();
  const { busy, problem, run } = useAction();
  const agent = start?.session?.agent;
  if (!agent || !isTourOpen(agent.role, start.environment) || dossierId !== null) return null;
  const step = place?.step ?? 0;
  const begin = async (): Promise<void> => {
    await startTour(agent.id);
    onStarted();
  };
  return (
    <>
      {problem !== null && <Alert color="red" role="alert" mt="md">{problem.message}</Alert>}
      <Button mt="md" variant="default" leftSection={<IconRoute size={17} aria-hidden />} loading={busy} onClick={() => run(begin)}>
        {step > 0 ? `Reprendre la visite guidée (étape ${step + 1} sur ${tourSteps.length})` : 'Commencer la visite guidée'}
      </Button>
    </>
  );
}

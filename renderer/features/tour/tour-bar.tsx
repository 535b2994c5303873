import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

import type { Session } from '../../../shared/domain/agent';
import type { Environment } from '../../../shared/domain/environment';
import { useNavigation } from '../../app/navigation';
import { ProgressBar } from '../../components/progress-bar';
import { showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { isTourOpen } from './tour-entry';
import { tourSteps } from './tour-steps';
import { endTour, goToStep, pauseTour, readPlace, startTour, useTour } from './tour-store';
import { useHighlight } from './use-highlight';

interface Props {
  readonly agent: Session['agent'];
  readonly environment: Environment;
}

/** The guided tour, below the screen and never over it: work goes on whatever it says. */
export function TourBar({ agent, environment }: Props): ReactNode {
  const isOpen = isTourOpen(agent.role, environment);
  const { place, dossierId } = useTour();
  const isAtHome = useNavigation(({ screen }) => screen.name === 'home');
  useEffect(() => {
    // The work does not depend on the tour: when its place cannot be read, it is not offered.
    if (isOpen) readPlace(agent.id).catch(() => undefined);
  }, [isOpen, agent.id]);
  if (!isOpen || place === null) return null;
  if (dossierId !== null) return <Step agentId={agent.id} index={place.step} />;
  return place.isOffered && isAtHome ? <Offer agentId={agent.id} /> : null;
}

function Offer({ agentId }: { readonly agentId: string }): ReactNode {
  const { busy, problem, run } = useAction();
  return (
    <aside className="shell-tour" aria-label="Visite guidée">
      <div className="tour-words">
        <Title order={2} size="h4">Première fois ici ?</Title>
        <Text size="sm">Une visite en {tourSteps.length} étapes, sur les vrais écrans, avec une entreprise inventée. Rien ne sort du bac à sable.</Text>
        {problem !== null && <Alert color="red" role="alert" mt="xs">{problem.message}</Alert>}
      </div>
      <Group gap="sm">
        <Button variant="default" onClick={() => void endTour(agentId).catch(showFailure)}>Pas maintenant</Button>
        <Button loading={busy} onClick={() => run(() => startTour(agentId))}>Commencer la visite</Button>
      </Group>
    </aside>
  );
}

function Step({ agentId, index }: { readonly agentId: string; readonly index: number }): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  const step = tourSteps[index];
  useHighlight(step?.target);
  useEffect(() => {
    // After the screen has taken the focus for itself.
    const frame = requestAnimationFrame(() => title.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [index]);
  if (!step) return null;
  const isLast = index === tourSteps.length - 1;
  const place = `Étape ${index + 1} sur ${tourSteps.length}`;
  const go = (to: number): void => void goToStep(agentId, to).catch(showFailure);
  return (
    <aside className="shell-tour" aria-label="Visite guidée">
      <div className="tour-words">
        <Group gap="sm" mb={2}>
          <ProgressBar percent={((index + 1) / tourSteps.length) * 100} w={90} size="sm" label="Avancement de la visite" />
          <Text size="xs" c="dimmed">{place}</Text>
        </Group>
        <Title order={2} size="h4" ref={title} tabIndex={-1} w="fit-content">{step.title}</Title>
        <Text size="sm">{step.text}</Text>
      </div>
      <Group gap="sm">
        {!isLast && <Button variant="subtle" onClick={pauseTour}>Interrompre</Button>}
        <Button variant="default" disabled={index === 0} onClick={() => go(index - 1)}>Précédent</Button>
        {isLast ? <Button onClick={() => void endTour(agentId).catch(showFailure)}>Terminer la visite</Button> : <Button onClick={() => go(index + 1)}>Suivant</Button>}
      </Group>
    </aside>
  );
}

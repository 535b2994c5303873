import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

import { callMain } from './bridge';
import { navigate, resetNavigation, useNavigation } from './navigation';

const LONGEST_ERROR = 4_000;

interface Props {
  readonly children: ReactNode;
}

/** A screen that fails leaves the rest of the workstation standing. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  /** Told to the technical log, which takes out what it must not hold. */
  override componentDidCatch(error: Error): void {
    const said = (error.stack ?? error.message).slice(0, LONGEST_ERROR);
    callMain('problem.screenFailed', { screen: useNavigation.getState().screen.name, error: said }).catch(() => undefined);
  }

  private leave(andThen: () => void = () => undefined): void {
    resetNavigation();
    andThen();
    this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Stack className="page" align="flex-start" role="alert">
        <Title order={1}>Cet écran n’a pas pu s’afficher</Title>
        <Text>Rien n’est perdu : vos dossiers et l’historique sont enregistrés au fur et à mesure.</Text>
        <Group>
          <Button onClick={() => this.leave()}>Revenir à l’accueil</Button>
          <Button variant="default" onClick={() => this.leave(() => navigate({ name: 'problem-report' }))}>Signaler un problème</Button>
        </Group>
      </Stack>
    );
  }
}

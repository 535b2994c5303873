import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

import { resetNavigation } from './navigation';

interface Props {
  readonly children: ReactNode;
}

/** A screen that fails leaves the rest of the workstation standing. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Stack className="page" align="flex-start" role="alert">
        <Title order={1}>Cet écran n’a pas pu s’afficher</Title>
        <Text>Rien n’est perdu : vos dossiers et l’historique sont enregistrés au fur et à mesure.</Text>
        <Button
          onClick={() => {
            resetNavigation();
            this.setState({ failed: false });
          }}
        >
          Revenir à l’accueil
        </Button>
      </Stack>
    );
  }
}

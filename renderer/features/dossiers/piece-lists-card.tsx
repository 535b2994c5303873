import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { SectionCard } from '../../components/section-card';

/** Where the lists are reached from in the settings. */
export function PieceListsCard({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  return (
    <SectionCard title="Listes de pièces" actions={<Button variant="default" size="compact-md" onClick={onOpen}>Ouvrir</Button>}>
      <Text size="sm" c="dimmed">Ce que chaque procédure demande aux entreprises, et le délai de « Expire bientôt ».</Text>
    </SectionCard>
  );
}

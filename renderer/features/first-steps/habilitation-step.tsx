import { Alert, Button, Group, List, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { loadHabilitations, TokenBadge, useHabilitations } from '../habilitations';

/** Where the token goes, and what this workstation already has. */
export function HabilitationStep(): ReactNode {
  const start = useSession((state) => state.start);
  const role = start?.session?.agent.role;
  return (
    <>
      <Text>Dans « Habilitations », le responsable recopie la procédure telle qu’elle a été acceptée, coche les agents qui l’instruisent, colle le jeton et le teste.</Text>
      <List spacing="xs">
        <List.Item>Le jeton va du champ au trousseau du poste. Il n’est plus jamais affiché, ni écrit dans un journal ou une adresse.</List.Item>
        <List.Item>L’application lit ce qu’il dit de lui-même : intitulé, droits, date de fin. Le test demande ensuite au service les droits qu’il lui reconnaît vraiment.</List.Item>
        <List.Item>Les données que le jeton n’ouvre pas ne sont jamais appelées.</List.Item>
      </List>
      {start?.keychainAvailable === false && (
        <Alert color="amber" title="Pas de trousseau sur ce poste">Un jeton réel n’y serait pas protégé : il sera refusé. Le bac à sable reste utilisable.</Alert>
      )}
      <KnownHabilitations />
      {role !== undefined && !hasRight(role, 'habilitations.manage') && <Text size="sm" c="dimmed">Cette étape revient au responsable du poste.</Text>}
    </>
  );
}

function KnownHabilitations(): ReactNode {
  const habilitations = useHabilitations((state) => state.habilitations);
  useEffect(() => void loadHabilitations(), []);
  return (
    <section className="card" aria-label="Sur ce poste" style={{ padding: '14px 18px' }}>
      <Text size="sm" fw={560} mb="xs">Sur ce poste</Text>
      {habilitations?.length === 0 && <Text size="sm">Aucune habilitation pour l’instant.</Text>}
      {habilitations?.map(({ id, title, token }) => (
        <Group key={id} justify="space-between" py={4}>
          <Text size="sm">{title}</Text>
          <TokenBadge token={token} />
        </Group>
      ))}
      <Button mt="sm" variant="default" onClick={() => navigate({ name: 'habilitations' })}>Ouvrir « Habilitations »</Button>
    </section>
  );
}

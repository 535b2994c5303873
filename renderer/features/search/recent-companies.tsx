import { Alert, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { EmptyState } from '../../components/empty-state';
import { useLoaded } from '../../components/use-loaded';

/** What this agent looked at last, one click away. */
export function RecentCompanies(): ReactNode {
  const { value, problem } = useLoaded(() => callMain('search.recent', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={180} aria-label="Lecture de vos dernières consultations" />;
  if (value.length === 0) {
    return <EmptyState icon={IconBuilding} title="Aucune entreprise consultée pour l’instant">Vos dernières entreprises apparaîtront ici ; elles ne sont montrées qu’à vous.</EmptyState>;
  }
  return (
    <Stack component="section" gap="sm" aria-labelledby="recent-companies">
      <Title order={2} size="h3" id="recent-companies">Vues récemment</Title>
      <div className="card" role="list" style={{ overflow: 'hidden' }}>
        {value.map(({ dossierId, dossierTitle, identifier, siret, name, openedAt }) => (
          <div key={`${dossierId}/${identifier}`} role="listitem">
            <UnstyledButton className="row-link" data-search-stop style={{ gridTemplateColumns: 'minmax(0, 2fr) 170px minmax(0, 2fr) 130px' }} onClick={() => navigate({ name: 'company', dossierId, identifier })}>
              <Text fw={560} className="ellipsis">{name}</Text>
              <Text size="sm">{formatIdentifier(siret ?? identifier)}</Text>
              <Text size="sm" c="dimmed" className="ellipsis">{dossierTitle}</Text>
              <Text size="sm" c="dimmed">{new Date(openedAt).toLocaleDateString('fr-FR', { day: 'numeric', month: 'long' })}</Text>
            </UnstyledButton>
          </div>
        ))}
      </div>
    </Stack>
  );
}

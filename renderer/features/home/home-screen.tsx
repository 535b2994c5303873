import { Alert, Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconFolderPlus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { DossierFormDrawer, DossierRows } from '../dossiers';
import { Reminders } from '../reminders';
import { ToDo } from './to-do';

const SHOWN = 8;

/** What needs an act today, then the open dossiers, the nearest deadline first. */
export function HomeScreen(): ReactNode {
  const agent = useSession((state) => state.start?.session?.agent);
  if (!agent) return null;
  const summary = new Date().toLocaleDateString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <div className="page">
      <PageHead title={`Bonjour ${agent.displayName}`} summary={summary.charAt(0).toUpperCase() + summary.slice(1)} />
      {hasRight(agent.role, 'dossiers.read') ? <><ToDo role={agent.role} /><Reminders /><OpenDossiers /></> : <AuditorWelcome />}
    </div>
  );
}

function OpenDossiers(): ReactNode {
  const [creating, setCreating] = useState(false);
  const { value, problem } = useLoaded(() => callMain('dossiers.list', { state: 'open', limit: SHOWN }), 'open');
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>Nouveau dossier</Button>;
  return (
    <>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={220} aria-label="Lecture des dossiers" />}
      {value?.total === 0 && (
        <EmptyState icon={IconFolderPlus} title="Commencez par un dossier" action={<Group>{create}<Button variant="default" onClick={() => navigate({ name: 'first-steps' })}>Premiers pas</Button></Group>}>
          Un dossier réunit les entreprises d’un même marché ou d’une même aide. Vous y saisissez une seule fois le contexte, le destinataire et
          l’objet que chaque consultation doit porter.
        </EmptyState>
      )}
      {value !== null && value.total > 0 && (
        <Stack gap="md" component="section" aria-labelledby="open-dossiers">
          <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap', gap: '8px 16px' }}>
            <Title order={2} size="h3" id="open-dossiers">Dossiers en cours</Title>
            {create}
          </div>
          <DossierRows dossiers={value.dossiers} />
          {value.total > SHOWN && <Button variant="subtle" onClick={() => navigate({ name: 'dossiers' })}>Voir les {value.total} dossiers</Button>}
        </Stack>
      )}
      <DossierFormDrawer opened={creating} dossier={null} onClose={() => setCreating(false)} onSaved={({ id }) => navigate({ name: 'dossier', dossierId: id })} />
    </>
  );
}

function AuditorWelcome(): ReactNode {
  return (
    <EmptyState icon={IconFolderPlus} title="Contrôler les accès" action={<Button onClick={() => navigate({ name: 'history' })}>Ouvrir l’historique</Button>}>
      L’historique montre qui a consulté quoi, quand et pour quel dossier. Vous pouvez le filtrer, le vérifier et l’exporter.
    </EmptyState>
  );
}

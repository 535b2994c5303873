import { Alert, Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { hasRight } from '../../../shared/domain/rights';
import { useCaseLabels } from '../../../shared/domain/use-case';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { EnvironmentBadge } from '../../components/environment-badge';
import { PageHead } from '../../components/page-head';
import { SectionCard } from '../../components/section-card';
import { CatalogueView } from './catalogue-view';
import { HabilitationForm } from './habilitation-form';
import { type Habilitation, loadHabilitations, useHabilitations } from './habilitations-store';
import { MembersCard, OwnRightsCard } from './members-card';
import { TokenBadge } from './token-badge';
import { TokenCard } from './token-card';

/** One procedure: what it covers, its token, its agents, what it opens. */
export function HabilitationScreen({ habilitationId }: { readonly habilitationId: string }): ReactNode {
  const { habilitations, problem } = useHabilitations();
  const agent = useSession((state) => state.start?.session?.agent);
  useEffect(() => void loadHabilitations(), []);
  const habilitation = habilitations?.find(({ id }) => id === habilitationId);
  if (!agent) return null;
  if (habilitation) return <Page habilitation={habilitation} agentId={agent.id} mayManage={hasRight(agent.role, 'habilitations.manage')} />;
  const absence = problem ?? (habilitations === null ? null : 'Cette habilitation n’existe plus, ou vous n’y êtes plus rattaché.');
  return (
    <div className="page">
      {absence === null ? <Skeleton h={260} aria-label="Lecture de l’habilitation" /> : <Alert color="red" role="alert">{absence}</Alert>}
    </div>
  );
}

interface PageProps {
  readonly habilitation: Habilitation;
  readonly agentId: string;
  readonly mayManage: boolean;
}

function Page({ habilitation, agentId, mayManage }: PageProps): ReactNode {
  const [editing, setEditing] = useState(false);
  const edit = <Button variant="default" leftSection={<IconPencil size={17} aria-hidden />} onClick={() => setEditing(true)}>Modifier</Button>;
  return (
    <div className="page">
      <Anchor component="button" type="button" size="sm" mb="sm" onClick={() => navigate({ name: 'habilitations' })}>‹ Habilitations</Anchor>
      <PageHead
        title={habilitation.title}
        summary={<Group component="span" gap="xs"><EnvironmentBadge environment={habilitation.environment} size="md" /><TokenBadge token={habilitation.token} /></Group>}
        {...(mayManage ? { actions: edit } : {})}
      />
      <Stack gap="lg">
        <ScopeCard habilitation={habilitation} />
        <TokenCard habilitation={habilitation} mayManage={mayManage} />
        {mayManage ? <MembersCard habilitation={habilitation} /> : <OwnRightsCard habilitation={habilitation} agentId={agentId} />}
        <CatalogueView habilitation={habilitation} />
      </Stack>
      <HabilitationForm opened={editing} habilitation={habilitation} onClose={() => setEditing(false)} onSaved={() => undefined} />
    </div>
  );
}

function ScopeCard({ habilitation }: { readonly habilitation: Habilitation }): ReactNode {
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Destinataires', habilitation.recipients.map(formatIdentifier)],
    ['Cas d’usage', habilitation.useCases.map((useCase) => useCaseLabels[useCase])],
    ['Contextes', habilitation.contexts],
    ['Conservation des données', [habilitation.retentionMonths ? `${habilitation.retentionMonths} mois après la clôture` : 'Durée non déclarée']],
  ];
  return (
    <SectionCard title="Périmètre">
      <dl style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))', gap: '16px 28px', margin: 0 }}>
        {facts.map(([label, values]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">{label}</Text>
            {values.map((value) => <Text component="dd" key={value} m={0} mt={2} fw={520}>{value}</Text>)}
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}

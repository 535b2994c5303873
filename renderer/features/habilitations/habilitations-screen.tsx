import { Alert, Button, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconCertificate, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import { useCaseLabels } from '../../../shared/domain/use-case';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { EmptyState } from '../../components/empty-state';
import { EnvironmentBadge } from '../../components/environment-badge';
import { PageHead } from '../../components/page-head';
import { HabilitationForm } from './habilitation-form';
import { type Habilitation, loadHabilitations, useHabilitations } from './habilitations-store';
import { TokenBadge } from './token-badge';

/** One line for each procedure and its token. */
export function HabilitationsScreen(): ReactNode {
  const { habilitations, problem } = useHabilitations();
  const role = useSession((state) => state.start?.session?.agent.role);
  const [creating, setCreating] = useState(false);
  const mayManage = role !== undefined && hasRight(role, 'habilitations.manage');
  useEffect(() => void loadHabilitations(), []);
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>Nouvelle habilitation</Button>;
  return (
    <div className="page">
      <PageHead
        title="Habilitations"
        summary="Une habilitation, une procédure, un jeton. Servir deux procédures avec le même jeton entraîne sa révocation : chaque dossier appartient donc à une seule habilitation."
        {...(mayManage ? { actions: create } : {})}
      />
      {problem !== null && <Alert color="red" role="alert" mb="md">{problem}</Alert>}
      {habilitations === null && problem === null && <Skeleton h={200} aria-label="Lecture des habilitations" />}
      {habilitations?.length === 0 && (
        <EmptyState icon={IconCertificate} title="Aucune habilitation" {...(mayManage ? { action: create } : {})}>
          {mayManage
            ? 'Enregistrez ici la procédure que votre administration a déclarée, puis collez son jeton. « Premiers pas » explique comment l’obtenir.'
            : 'Votre responsable ne vous a rattaché à aucune procédure pour l’instant.'}
        </EmptyState>
      )}
      {habilitations !== null && habilitations.length > 0 && (
        <div className="card" style={{ overflow: 'hidden' }} role="list" aria-label="Habilitations">
          {habilitations.map((habilitation) => <HabilitationRow key={habilitation.id} habilitation={habilitation} />)}
        </div>
      )}
      <HabilitationForm opened={creating} habilitation={null} onClose={() => setCreating(false)} onSaved={({ id }) => navigate({ name: 'habilitation', habilitationId: id })} />
    </div>
  );
}

function HabilitationRow({ habilitation }: { readonly habilitation: Habilitation }): ReactNode {
  const { id, title, environment, useCases, agents, token } = habilitation;
  return (
    <div role="listitem">
      <UnstyledButton
        className="row-link"
        style={{ gridTemplateColumns: 'minmax(0, 2.4fr) 130px 100px 140px' }}
        onClick={() => navigate({ name: 'habilitation', habilitationId: id })}
      >
        <div style={{ minWidth: 0 }}>
          <Text fw={560} className="ellipsis">{title}</Text>
          <Text size="sm" c="dimmed" className="ellipsis">{useCases.map((useCase) => useCaseLabels[useCase]).join(' · ')}</Text>
        </div>
        <EnvironmentBadge environment={environment} size="md" />
        <Text size="sm">{agents.length} agent{agents.length > 1 ? 's' : ''}</Text>
        <TokenBadge token={token} />
      </UnstyledButton>
    </div>
  );
}

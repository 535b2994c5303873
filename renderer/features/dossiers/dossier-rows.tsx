import { Badge, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import { procedureLabels } from '../../../shared/domain/completeness';
import { dayText } from '../../../shared/domain/days';
import type { ChannelOutput } from '../../../shared/ipc';
import { navigate } from '../../app/navigation';
import { daysUntil, nearDayText } from '../../components/today';

export type Dossier = ChannelOutput<'dossiers.get'>;

const dossierStateLabels = { open: 'En cours', closed: 'Clos', archived: 'Archivé' } as const;
const stateColors = { open: 'ink', closed: 'teal', archived: 'gray' } as const;
const SOON_DAYS = 7;

export function DossierStateBadge({ state }: { readonly state: Dossier['state'] }): ReactNode {
  return <Badge variant="light" color={stateColors[state]} radius="sm" tt="none" fw={560}>{dossierStateLabels[state]}</Badge>;
}

export function DossierRows({ dossiers }: { readonly dossiers: readonly Dossier[] }): ReactNode {
  return (
    <div className="card row-list" style={{ overflow: 'hidden' }} role="list" aria-label="Dossiers">
      {dossiers.map((dossier) => <div role="listitem" key={dossier.id}><DossierRow dossier={dossier} /></div>)}
    </div>
  );
}

export function DossierRow({ dossier }: { readonly dossier: Dossier }): ReactNode {
  return (
    <UnstyledButton
      className="row-link"
      style={{ gridTemplateColumns: 'minmax(0, 2.4fr) minmax(0, 1.4fr) 140px 150px 84px' }}
      onClick={() => navigate({ name: 'dossier', dossierId: dossier.id })}
    >
      <div style={{ minWidth: 0 }}>
        <Text fw={560} className="ellipsis">{dossier.title}</Text>
        <Text size="sm" c="dimmed" className="ellipsis">{[dossier.object, ...dossier.tags].join(' · ')}</Text>
      </div>
      <Text size="sm" className="ellipsis">{dossier.procedure === null ? dossier.context : procedureLabels[dossier.procedure]}</Text>
      <Text size="sm">{companyCount(dossier.companies.length)}</Text>
      <Deadline deadline={dossier.deadline} isOpen={dossier.state === 'open'} />
      <DossierStateBadge state={dossier.state} />
    </UnstyledButton>
  );
}

function companyCount(count: number): string {
  return count === 0 ? 'Aucune entreprise' : `${count} entreprise${count > 1 ? 's' : ''}`;
}

function Deadline({ deadline, isOpen }: { readonly deadline: string | null; readonly isOpen: boolean }): ReactNode {
  if (deadline === null) return <Text size="sm" c="dimmed">Sans échéance</Text>;
  const days = daysUntil(deadline);
  if (!isOpen || days > SOON_DAYS) return <Text size="sm">{dayText(deadline)}</Text>;
  return <Text size="sm" fw={600} c={days < 0 ? 'var(--mantine-color-red-light-color)' : 'var(--mantine-color-amber-light-color)'}>{nearDayText(deadline, days)}</Text>;
}

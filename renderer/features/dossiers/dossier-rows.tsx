import { Badge, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { navigate } from '../../app/navigation';

export type Dossier = ChannelOutput<'dossiers.get'>;

export const dossierStateLabels = { open: 'En cours', closed: 'Clos', archived: 'Archivé' } as const;
const stateColors = { open: 'ink', closed: 'teal', archived: 'gray' } as const;
const DAY_MS = 86_400_000;
const SOON_DAYS = 7;

/** Nearest deadline first, then what was worked on last. */
export function byUrgency(left: Dossier, right: Dossier): number {
  const leftDue = left.deadline ?? '9999';
  const rightDue = right.deadline ?? '9999';
  return leftDue === rightDue ? right.updatedAt.localeCompare(left.updatedAt) : leftDue.localeCompare(rightDue);
}

export function DossierStateBadge({ state }: { readonly state: Dossier['state'] }): ReactNode {
  return <Badge variant="light" color={stateColors[state]} radius="sm" tt="none" fw={560}>{dossierStateLabels[state]}</Badge>;
}

export function DossierRows({ dossiers }: { readonly dossiers: readonly Dossier[] }): ReactNode {
  return (
    <div className="card" style={{ overflow: 'hidden' }} role="list" aria-label="Dossiers">
      {dossiers.map((dossier) => (
        <div role="listitem" key={dossier.id}>
          <UnstyledButton
            className="row-link"
            style={{ gridTemplateColumns: 'minmax(0, 2.4fr) minmax(0, 1.4fr) 140px 150px 84px' }}
            onClick={() => navigate({ name: 'dossier', dossierId: dossier.id })}
          >
            <div style={{ minWidth: 0 }}>
              <Text fw={560} className="ellipsis">{dossier.title}</Text>
              <Text size="sm" c="dimmed" className="ellipsis">{dossier.object}</Text>
            </div>
            <Text size="sm" className="ellipsis">{dossier.context}</Text>
            <Text size="sm">{companyCount(dossier.companies.length)}</Text>
            <Deadline deadline={dossier.deadline} isOpen={dossier.state === 'open'} />
            <DossierStateBadge state={dossier.state} />
          </UnstyledButton>
        </div>
      ))}
    </div>
  );
}

function companyCount(count: number): string {
  return count === 0 ? 'Aucune entreprise' : `${count} entreprise${count > 1 ? 's' : ''}`;
}

function Deadline({ deadline, isOpen }: { readonly deadline: string | null; readonly isOpen: boolean }): ReactNode {
  if (deadline === null) return <Text size="sm" c="dimmed">Sans échéance</Text>;
  const days = daysUntil(deadline);
  const date = new Date(`${deadline}T12:00:00`).toLocaleDateString('fr-FR', { day: 'numeric', month: 'short', year: 'numeric' });
  if (!isOpen || days > SOON_DAYS) return <Text size="sm">{date}</Text>;
  return <Text size="sm" fw={600} c={days < 0 ? 'var(--mantine-color-red-light-color)' : 'var(--mantine-color-amber-light-color)'}>{days < 0 ? `Échue le ${date}` : days === 0 ? 'Aujourd’hui' : `Dans ${days} jour${days > 1 ? 's' : ''}`}</Text>;
}

/** 0 on the day itself, negative once it is past. */
function daysUntil(day: string): number {
  return Math.ceil((new Date(`${day}T23:59:59`).getTime() - Date.now()) / DAY_MS) - 1;
}

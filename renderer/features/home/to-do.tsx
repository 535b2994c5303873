import { Alert, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCalendarDue, IconCertificate, IconClockExclamation, IconFileDownload, IconListCheck, IconPlugConnectedX, IconRefreshAlert } from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';

import { addDays } from '../../../shared/domain/days';
import type { Role } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { todayInFrance } from '../../components/today';
import { useLoaded } from '../../components/use-loaded';
import { useTokenNotices } from '../habilitations';
import { documentLines, dossierLine, interruptedLines, tokenLine, type ToDoLine } from './to-do-lines';

/** An interrupted call older than this is history. */
const INTERRUPTED_DAYS = 7;
const INTERRUPTED_SHOWN = 5;
const SHOWN = 12;

const icons: Readonly<Record<ToDoLine['kind'], ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>>> = {
  deadline: IconCalendarDue,
  expired: IconRefreshAlert,
  expiring: IconClockExclamation,
  incomplete: IconListCheck,
  token: IconCertificate,
  interrupted: IconPlugConnectedX,
  document: IconFileDownload,
};

const urgency = { red: 0, amber: 1, ink: 2 } as const;

async function readLines(): Promise<readonly ToDoLine[]> {
  const from = `${addDays(todayInFrance(), -INTERRUPTED_DAYS)}T00:00:00.000Z`;
  const [acts, interrupted, wanted] = await Promise.all([
    callMain('dossiers.toDo', undefined),
    callMain('journal.search', { filter: { kind: 'calls', outcome: 'interrupted', from }, limit: INTERRUPTED_SHOWN }),
    callMain('documents.wanted', {}),
  ]);
  return [...acts.map(dossierLine), ...documentLines(wanted), ...interruptedLines(interrupted.lines)];
}

/** Each line says what is to be done, and leads in one click to where it is done. */
export function ToDo({ role }: { readonly role: Role }): ReactNode {
  const tokens = useTokenNotices(role).map(tokenLine);
  const { value, problem } = useLoaded(readLines, '');
  const [isWhole, setIsWhole] = useState(false);
  if (problem !== null) return <Alert color="red" role="alert" mb="lg">{problem}</Alert>;
  if (value === null) return <Skeleton h={120} mb="lg" aria-label="Lecture de ce qui est à faire" />;
  const lines = [...tokens, ...value].sort((one, other) => urgency[one.tone] - urgency[other.tone]);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="to-do" style={{ marginBottom: 32 }}>
      <Title order={2} size="h3" id="to-do" mb="md">À faire aujourd’hui <Text span c="dimmed" size="md" fw={400}>({lines.length})</Text></Title>
      <div className="card row-list" role="list" aria-label="À faire aujourd’hui" style={{ overflow: 'hidden' }}>
        {(isWhole ? lines : lines.slice(0, SHOWN)).map((line) => <div role="listitem" key={line.id}><Line line={line} /></div>)}
      </div>
      {!isWhole && lines.length > SHOWN && <UnstyledButton mt="xs" fz="sm" c="var(--mantine-primary-color-light-color)" onClick={() => setIsWhole(true)}>Tout montrer ({lines.length})</UnstyledButton>}
    </section>
  );
}

function Line({ line: { kind, tone, title, detail, action, screen } }: { readonly line: ToDoLine }): ReactNode {
  const Icon = icons[kind];
  return (
    <UnstyledButton className="row-link" style={{ gridTemplateColumns: '24px minmax(0, 1fr) minmax(0, 2fr) 96px' }} onClick={() => navigate(screen)}>
      <Icon size={20} stroke={1.6} aria-hidden />
      <Text fw={560} className="ellipsis">{title}</Text>
      <Text size="sm" c={tone === 'ink' ? 'inherit' : `var(--mantine-color-${tone}-light-color)`} lineClamp={2}>{detail}</Text>
      <Text size="sm" fw={560} ta="right" c="var(--mantine-primary-color-light-color)">{action}</Text>
    </UnstyledButton>
  );
}

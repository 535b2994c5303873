import { Button, Group, List, Select, Stack, Text, Title } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { type Change, changeSentence, compareAnswers, readInstant } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { showFailure } from '../../components/toasts';
import { momentsOf, sheetAt } from './sheet-moments';

/** Compares the sheet as it stood at two moments. */
export function CompareDates({ dossier, company }: { readonly dossier: Dossier; readonly company: DossierCompany }): ReactNode {
  const [history, setHistory] = useState<readonly Answer[] | null>(null);
  const open = (): void => {
    callMain('consultation.history', { dossierId: dossier.id, identifier: company.identifier }).then(setHistory, showFailure);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconArrowsDiff size={16} aria-hidden />} onClick={open}>Comparer deux dates</Button>
      <Dialog opened={history !== null} onClose={() => setHistory(null)} size="lg" title="Comparer la fiche à deux dates">
        {history && <Comparison history={history} />}
      </Dialog>
    </>
  );
}

function Comparison({ history }: { readonly history: readonly Answer[] }): ReactNode {
  const moments = useMemo(() => momentsOf(history), [history]);
  const [earlier, setEarlier] = useState(moments[1] ?? moments[0] ?? '');
  const [later, setLater] = useState(moments[0] ?? '');
  const options = moments.map((value) => ({ value, label: readInstant(value) }));
  const blocks = useMemo(() => changesBetween(history, earlier, later), [history, earlier, later]);
  if (moments.length < 2) return <Text size="sm">La fiche n’a été consultée qu’à une seule date : actualisez une donnée pour avoir de quoi comparer.</Text>;
  return (
    <Stack>
      <Group grow>
        <Select label="État au" data={options} value={earlier} onChange={(value) => value !== null && setEarlier(value)} allowDeselect={false} />
        <Select label="Comparé à l’état au" data={options} value={later} onChange={(value) => value !== null && setLater(value)} allowDeselect={false} />
      </Group>
      {blocks.length === 0 && <Text size="sm" aria-live="polite">Rien n’a changé entre ces deux dates dans les données consultées.</Text>}
      {blocks.map(({ endpointId, title, provider, changes }) => (
        <section key={endpointId} aria-label={title}>
          <Title order={3} size="h5">{title} <Text span size="xs" c="dimmed">{provider}</Text></Title>
          <List size="sm" mt={4}>
            {changes.map((change) => <List.Item key={`${change.kind}${change.pointer}`}>{changeSentence(change)}</List.Item>)}
          </List>
        </section>
      ))}
    </Stack>
  );
}

interface ChangedBlock {
  readonly endpointId: string;
  readonly title: string;
  readonly provider: string;
  readonly changes: readonly Change[];
}

function changesBetween(history: readonly Answer[], one: string, other: string): ChangedBlock[] {
  const [before, after] = one <= other ? [sheetAt(history, one), sheetAt(history, other)] : [sheetAt(history, other), sheetAt(history, one)];
  return [...after].flatMap(([key, newer]) => {
    const older = before.get(key);
    const changes = older ? compareAnswers(older, newer) : [];
    const endpoint = findEndpoint(newer.endpointId);
    return changes.length === 0 ? [] : [{ endpointId: key, title: endpoint?.title ?? newer.endpointId, provider: newer.provider, changes }];
  });
}

import { Anchor, Alert, Badge, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconClockOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { dayText, parisDay } from '../../../shared/domain/days';
import type { DossierTerm } from '../../../shared/domain/retention';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { EmptyState } from '../../components/empty-state';
import { showDone } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { holdingsText } from './holdings-text';

/** Which dossiers go, when, and what goes with them. */
export function RetentionScreen(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('retention.preview', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={240} aria-label="Lecture des dossiers clos" />;
  if (value.length === 0) {
    return <EmptyState icon={IconClockOff} title="Aucun dossier clos">La durée de conservation se compte à partir de la clôture : les dossiers ouverts ne sont jamais supprimés.</EmptyState>;
  }
  return (
    <Stack gap="lg">
      <Alert color="ink">
        Les données récupérées se gardent le temps déclaré dans la demande d’habilitation, à partir de la clôture. Passé ce terme, le dossier, ses réponses
        et ses documents sont supprimés au démarrage de l’application, ou d’ici. L’historique des accès reste. Sur le disque, ce qui est supprimé était
        chiffré : changez ensuite la clé des données (Réglages) pour que même des restes ne puissent plus être lus.
      </Alert>
      <DueDossiers terms={value} onDeleted={reload} />
      <Terms terms={value} />
    </Stack>
  );
}

function DueDossiers({ terms, onDeleted }: { readonly terms: readonly DossierTerm[]; readonly onDeleted: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const due = terms.filter(({ isDue }) => isDue);
  if (due.length === 0) return <Text role="status">Aucun dossier n’a dépassé son terme.</Text>;
  const count = `${due.length} dossier${due.length > 1 ? 's' : ''}`;
  return (
    <Group gap="md">
      <Text fw={560} role="status">{count} à supprimer</Text>
      <Button color="red" variant="light" onClick={() => setAsking(true)}>Supprimer maintenant…</Button>
      <ConfirmDialog
        opened={asking}
        title={`Supprimer ${count} ?`}
        confirmLabel={`Supprimer ${count}`}
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const { deleted } = await callMain('retention.run', { dossierIds: due.map(({ dossierId }) => dossierId) });
          showDone('Fin de conservation appliquée', `${deleted} dossier${deleted > 1 ? 's supprimés' : ' supprimé'}.`);
          onDeleted();
        }}
      >
        Sans retour possible :
        <ul>{due.map((term) => <li key={term.dossierId}>{term.title} : {holdingsText(term.holdings)}</li>)}</ul>
      </ConfirmDialog>
    </Group>
  );
}

const headings = ['Dossier', 'Habilitation', 'Clos le', 'Conservation', 'Suppression le', 'Contenu'];

function Terms({ terms }: { readonly terms: readonly DossierTerm[] }): ReactNode {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={860}>
        <Table verticalSpacing="sm" aria-label="Dossiers clos et terme de leur conservation">
          <Table.Thead><Table.Tr>{headings.map((name) => <Table.Th key={name} style={{ whiteSpace: 'nowrap' }}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {terms.map((term) => (
              <Table.Tr key={term.dossierId}>
                <Table.Td><Anchor component="button" type="button" size="sm" fw={560} ta="left" onClick={() => navigate({ name: 'dossier', dossierId: term.dossierId })}>{term.title}</Anchor></Table.Td>
                <Table.Td>{term.habilitationTitle}</Table.Td>
                <Table.Td>{dayText(parisDay(term.closedAt))}</Table.Td>
                <Table.Td>{term.retentionMonths === null ? 'Non déclarée' : `${term.retentionMonths} mois`}</Table.Td>
                <Table.Td>
                  {term.dueOn === null ? '—' : dayText(term.dueOn)} {term.isDue && <Badge variant="light" color="red" radius="sm" tt="none">Échu</Badge>}
                </Table.Td>
                <Table.Td>{holdingsText(term.holdings)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

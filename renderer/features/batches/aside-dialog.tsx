import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { AsideLine, ImportPreview } from '../../../shared/domain/batch';
import { callMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { type CompanyChoice, CompanySearch } from '../search';

interface Props {
  readonly importId: string;
  readonly line: AsideLine;
  readonly onClose: () => void;
  readonly onMended: (preview: ImportPreview) => void;
}

/** Mends a line: its number typed again, or its company found by name. */
export function AsideDialog({ importId, line, onClose, onMended }: Props): ReactNode {
  const { busy, problem, run } = useAction();
  const [identifier, setIdentifier] = useState('');
  const [chosen, setChosen] = useState<CompanyChoice | null>(null);
  const choose = (choice: CompanyChoice): void => {
    setChosen(choice);
    setIdentifier(choice.siret ?? choice.identifier);
  };
  const mend = (): void =>
    run(async () => {
      onMended(await callMain('batches.resolveAside', { importId, number: line.number, identifier }));
      onClose();
    });
  return (
    <Dialog opened onClose={onClose} title={`Corriger la ligne ${line.number}`} size="lg">
      <Stack gap="md">
        <div>
          <Text size="sm" fw={560} style={{ overflowWrap: 'anywhere' }}>{line.text}</Text>
          <Text size="sm" c="dimmed">{line.reason}</Text>
        </div>
        <CompanySearch label="Chercher l’entreprise par son nom" onChoose={choose} />
        {chosen !== null && <Text size="sm" role="status">Retenue : {chosen.name}</Text>}
        <TextInput label="SIREN, SIRET ou numéro RNA de cette ligne" value={identifier} onChange={(event) => setIdentifier(event.currentTarget.value)} {...(problem?.field === 'identifier' ? { error: problem.message } : {})} />
        {problem !== null && problem.field !== 'identifier' && <Alert color="red" role="alert">{problem.message}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Laisser de côté</Button>
          <Button loading={busy} disabled={identifier.trim() === ''} onClick={mend}>Retenir cette ligne</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

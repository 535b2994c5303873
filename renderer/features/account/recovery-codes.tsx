import { Alert, Button, Code, Group, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

import { CopyTextButton } from '../../components/copy-button';

/** Shown once; each code replaces the telephone for one sign-in. */
export function RecoveryCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }): ReactNode {
  return (
    <Stack gap="md">
      <Alert color="amber" title="Second facteur activé : gardez vos codes de secours">
        Chacun remplace le téléphone pour une connexion. Notez-les hors de ce poste : ils ne seront plus affichés.
      </Alert>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" component="ul" aria-label="Codes de secours" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {codes.map((code) => <li key={code}><Code fz="sm">{code}</Code></li>)}
      </SimpleGrid>
      <Group>
        <CopyTextButton text={codes.join('\n')} label="Copier les codes" />
        <Button onClick={onDone}>J’ai noté mes codes</Button>
      </Group>
    </Stack>
  );
}

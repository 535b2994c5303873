import { Alert, Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { showFailure } from '../components/toasts';
import { callMain } from './bridge';
import { navigate } from './navigation';
import type { StartState } from './session-store';

type Notice = StartState['notices'][number];

const colors = { info: 'ink', warning: 'amber', error: 'red' } as const;

/** What main has to say on every screen; what is not an error can be put away until the next sign-in. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const shown = notices.filter(({ id }) => !putAway.has(id));
  if (shown.length === 0) return null;
  return (
    <section aria-label="Avis" className="notices">
      {shown.map(({ id, tone, message, action }) => (
        <Alert
          key={id}
          color={colors[tone]}
          radius={0}
          px={{ base: 16, sm: 32 }}
          py={5}
          withCloseButton={tone !== 'error'}
          closeButtonLabel="Masquer cet avis"
          onClose={() => setPutAway((known) => new Set([...known, id]))}
        >
          <Group justify="space-between" gap="xs">
            <Text inherit flex="1 1 320px">{message}</Text>
            {action !== undefined && <NoticeAction action={action} />}
          </Group>
        </Alert>
      ))}
    </section>
  );
}

function NoticeAction({ action }: { readonly action: NonNullable<Notice['action']> }): ReactNode {
  return action.kind === 'verify_journal' ? (
    <Button variant="default" size="xs" flex="none" onClick={() => navigate({ name: 'history', tab: 'verify', fromSeq: action.fromSeq })}>Vérifier cette ligne</Button>
  ) : (
    <CheckClockButton />
  );
}

/** The notice itself changes, or goes, with the answer. */
function CheckClockButton(): ReactNode {
  const [isAsking, setIsAsking] = useState(false);
  const check = async (): Promise<void> => {
    setIsAsking(true);
    await callMain('journal.checkClock', undefined).catch(showFailure);
    setIsAsking(false);
  };
  return <Button variant="default" size="xs" flex="none" loading={isAsking} onClick={() => void check()}>Vérifier l’heure maintenant</Button>;
}

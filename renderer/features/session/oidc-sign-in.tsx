import { Alert, Button, Divider, Group, Loader, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { callMain, messageOf } from '../../app/bridge';
import { loadStart } from '../../app/session-store';

/** The organisation's own sign-in: it takes place in the system's browser, this form waits for its end. */
export function OidcSignIn({ organisation }: { readonly organisation: string }): ReactNode {
  const { waiting, problem, start, cancel } = useOidcSignIn();
  const cancelButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (waiting) cancelButton.current?.focus();
  }, [waiting]);
  return (
    <Stack gap="md">
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {waiting ? (
        <Group justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" role="status">
            <Loader size="sm" aria-hidden />
            <Text>Terminez la connexion dans votre navigateur.</Text>
          </Group>
          <Button ref={cancelButton} type="button" variant="default" onClick={cancel}>Annuler</Button>
        </Group>
      ) : (
        <Button type="button" size="md" variant="light" rightSection={<IconExternalLink size={18} aria-hidden />} onClick={start}>
          Se connecter avec {organisation}
        </Button>
      )}
      <Divider label="ou avec un compte de ce poste" />
    </Stack>
  );
}

interface OidcState {
  readonly waiting: boolean;
  readonly problem: string | null;
  readonly start: () => void;
  readonly cancel: () => void;
}

function useOidcSignIn(): OidcState {
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (): Promise<void> => {
    setWaiting(true);
    setProblem(null);
    try {
      await callMain('session.startOidc', undefined);
      await loadStart();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setWaiting(false);
    }
  };
  return { waiting, problem, start: () => void send(), cancel: () => void callMain('session.cancelOidc', undefined) };
}

import { Alert, Button, Code, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';

interface Props {
  readonly onCancel: () => void;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

/** Scan, then type the first code: only then is the second factor on. */
export function SecondFactorSetup({ onCancel, onDone }: Props): ReactNode {
  const setup = useLoaded(() => callMain('session.beginSecondFactor', undefined), '');
  const [code, setCode] = useState('');
  const { busy, problem, run } = useAction();
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    run(async () => onDone((await callMain('session.confirmSecondFactor', { code })).recoveryCodes));
  };
  if (setup.problem !== null) return <Alert color="red" role="alert">{setup.problem}</Alert>;
  if (setup.value === null) return <Skeleton h={200} aria-label="Préparation du code QR" />;
  return (
    <form onSubmit={confirm} noValidate>
      <Group align="flex-start" gap="xl">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(setup.value.qrCodeSvg)}`}
          alt="Code QR à photographier avec l’application d’authentification"
          width={184}
          height={184}
          style={{ background: '#fff', borderRadius: 8 }}
        />
        <Stack gap="sm" style={{ flex: 1, minWidth: 260 }}>
          <Text size="sm">1. Ouvrez votre application d’authentification et photographiez ce code.</Text>
          <Text size="sm">
            Sans appareil photo, saisissez cette clé : <Code role="group" aria-label="Clé à saisir">{groupsOfFour(setup.value.secret)}</Code>
          </Text>
          <TextInput
            label="2. Code à six chiffres affiché par l’application"
            inputMode="numeric"
            autoComplete="one-time-code"
            maw={260}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={problem?.message}
          />
          <Group>
            <Button type="submit" loading={busy}>Vérifier et activer</Button>
            <Button variant="default" onClick={onCancel}>Annuler</Button>
          </Group>
        </Stack>
      </Group>
    </form>
  );
}

function groupsOfFour(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

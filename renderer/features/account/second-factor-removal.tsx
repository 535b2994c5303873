import { Button, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { PasswordField } from '../../components/password-field';
import { useAction } from '../../components/use-action';

export function SecondFactorRemoval({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [password, setPassword] = useState('');
  const { busy, problem, run } = useAction();
  const remove = (event: FormEvent): void => {
    event.preventDefault();
    run(async () => {
      await callMain('session.removeSecondFactor', { password });
      onClose();
    });
  };
  return (
    <form onSubmit={remove} noValidate>
      <Stack gap="sm" maw={420}>
        <PasswordField
          label="Mot de passe, pour retirer le second facteur"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={problem?.message}
        />
        <Group>
          <Button type="submit" color="red" loading={busy}>Retirer le second facteur</Button>
          <Button variant="default" onClick={onClose}>Annuler</Button>
        </Group>
      </Stack>
    </form>
  );
}

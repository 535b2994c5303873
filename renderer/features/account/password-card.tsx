import { Alert, Button, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { PasswordField } from '../../components/password-field';
import { SectionCard } from '../../components/section-card';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';

const empty = { currentPassword: '', newPassword: '', repeated: '' };

export function PasswordCard(): ReactNode {
  const [values, setValues] = useState(empty);
  const [differs, setDiffers] = useState(false);
  const { busy, problem, run } = useAction();
  const change = (field: keyof typeof empty) => (event: FormEvent<HTMLInputElement>): void => {
    const { value } = event.currentTarget;
    setValues((before) => ({ ...before, [field]: value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { currentPassword, newPassword, repeated } = values;
    setDiffers(newPassword !== repeated);
    if (newPassword !== repeated) return;
    run(async () => {
      await callMain('session.changePassword', { currentPassword, newPassword });
      setValues(empty);
      showDone('Mot de passe changé', 'Il vous sera demandé à la prochaine connexion.');
    });
  };
  const errorOf = (field: string): string | null => (problem?.field === field ? problem.message : null);
  const isShownInField = problem?.field === 'currentPassword' || problem?.field === 'newPassword';
  return (
    <SectionCard title="Mot de passe">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm" maw={420}>
          {problem !== null && !isShownInField && <Alert color="red" role="alert">{problem.message}</Alert>}
          <PasswordField label="Mot de passe actuel" autoComplete="current-password" value={values.currentPassword} onChange={change('currentPassword')} error={errorOf('currentPassword')} />
          <PasswordField label="Nouveau mot de passe" description="12 caractères au moins : quelques mots sans rapport font un bon mot de passe." autoComplete="new-password" value={values.newPassword} onChange={change('newPassword')} error={errorOf('newPassword')} />
          <PasswordField label="Nouveau mot de passe, encore une fois" autoComplete="new-password" value={values.repeated} onChange={change('repeated')} error={differs ? 'Les deux saisies diffèrent.' : null} />
          <Group><Button type="submit" loading={busy}>Changer le mot de passe</Button></Group>
        </Stack>
      </form>
    </SectionCard>
  );
}

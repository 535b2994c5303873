/* eslint-disable jsx-a11y/no-autofocus -- the gate is a page of one form: its first field is where everybody starts */
import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';

import { CallError, callMain, messageOf } from '../../app/bridge';
import { loadStart } from '../../app/session-store';
import { focusFirstFault } from '../../components/focus-first-fault';
import { OrganisationField, useFixedOrganisation } from '../../components/organisation-field';
import { PasswordField } from '../../components/password-field';

/** Same figure as main's rule, which decides. */
const PASSWORD_MIN_LENGTH = 12;

/** First start: whoever opens the workstation becomes its responsable. */
export function FirstAccountForm(): ReactNode {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const organisation = useFixedOrganisation() ?? '';
  const form = useForm({
    initialValues: { displayName: '', organisation, login: '', password: '' },
    validate: {
      displayName: (value) => (value.trim() === '' ? 'Indiquez votre nom : il figurera dans l’historique.' : null),
      organisation: (value) => (value.trim() === '' ? 'Indiquez votre administration.' : null),
      login: (value) => (value.trim() === '' ? 'Choisissez un identifiant.' : null),
      password: (value) => (lengthOf(value) < PASSWORD_MIN_LENGTH ? passwordAdvice(value) : null),
    },
  });
  const submit = async (values: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await callMain('session.createFirstAccount', values);
      await loadStart();
    } catch (error) {
      if (error instanceof CallError && error.data.field !== null && error.data.field in values) form.setFieldError(error.data.field, error.message);
      else setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values), (errors) => focusFirstFault(form, errors))} noValidate aria-labelledby="gate-title">
      <Stack gap="md">
        <div>
          <Title order={1} id="gate-title">Créer le premier compte</Title>
          <Text c="dimmed" mt={6}>Ce compte sera celui du responsable : il gère les comptes, les habilitations et les jetons de ce poste.</Text>
        </div>
        {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
        <TextInput label="Nom et prénom" autoComplete="name" autoFocus {...form.getInputProps('displayName')} />
        <OrganisationField label="Administration" placeholder="Commune, ministère, agence…" autoComplete="organization" {...form.getInputProps('organisation')} />
        <TextInput label="Identifiant" autoComplete="username" {...form.getInputProps('login')} />
        <PasswordField
          label="Mot de passe"
          autoComplete="new-password"
          description={passwordAdvice(form.values.password)}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={busy}>Créer le compte</Button>
      </Stack>
    </form>
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}

function passwordAdvice(password: string): string {
  const missing = PASSWORD_MIN_LENGTH - lengthOf(password);
  if (password === '') return `${PASSWORD_MIN_LENGTH} caractères au moins : quelques mots sans rapport font un bon mot de passe.`;
  return missing > 0 ? `Encore ${missing} caractère${missing > 1 ? 's' : ''}.` : 'Longueur suffisante.';
}

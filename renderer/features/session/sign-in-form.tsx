/* eslint-disable jsx-a11y/no-autofocus -- the gate is a page of one form: its first field is where everybody starts */
import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';

import { CallError, callMain, messageOf } from '../../app/bridge';
import { loadStart, type StartState } from '../../app/session-store';
import { PasswordField } from '../../components/password-field';
import { OidcSignIn } from './oidc-sign-in';

/** Further fields that main asks for, one at a time. */
type Demand = 'code' | 'newPassword';

interface Values {
  readonly login: string;
  readonly password: string;
  readonly code: string;
  readonly newPassword: string;
}

/** Sign-in, or unlocking by the agent whose session is locked. */
export function SignInForm({ lockedAgent, oidc }: Pick<StartState, 'lockedAgent' | 'oidc'>): ReactNode {
  const [other, setOther] = useState(false);
  const locked = other ? null : lockedAgent;
  const { values, change, demands, problem, busy, submit } = useSignIn(locked !== null);
  const demandField = useRef<HTMLInputElement>(null);
  useEffect(() => demandField.current?.focus(), [demands]);
  return (
    <form onSubmit={submit} noValidate aria-labelledby="gate-title">
      <Stack gap="md">
        <div>
          <Title order={1} id="gate-title">{locked ? 'Session verrouillée' : 'Se connecter'}</Title>
          {locked && <Text c="dimmed" mt={6}>Saisissez le mot de passe de {locked.displayName} pour reprendre où vous en étiez.</Text>}
        </div>
        {oidc && <OidcSignIn organisation={oidc.organisation} />}
        {problem !== null && <Alert color={demands.has(problem.field as Demand) ? 'ink' : 'red'} role="alert">{problem.message}</Alert>}
        {!locked && <TextInput label="Identifiant" autoComplete="username" autoFocus value={values.login} onChange={change('login')} />}
        <PasswordField
          label="Mot de passe"
          autoComplete="current-password"
          autoFocus={locked !== null}
          value={values.password}
          onChange={change('password')}
        />
        {demands.has('code') && <TextInput ref={demandField} label="Code de vérification" inputMode="numeric" autoComplete="one-time-code" value={values.code} onChange={change('code')} />}
        {demands.has('newPassword') && (
          <PasswordField ref={demandField} label="Nouveau mot de passe" description="12 caractères au moins." autoComplete="new-password" value={values.newPassword} onChange={change('newPassword')} />
        )}
        <Button type="submit" size="md" loading={busy}>{locked ? 'Déverrouiller' : 'Se connecter'}</Button>
        {locked && <Anchor component="button" type="button" size="sm" onClick={() => setOther(true)}>Se connecter avec un autre compte</Anchor>}
      </Stack>
    </form>
  );
}

interface SignIn {
  readonly values: Values;
  readonly change: (field: keyof Values) => (event: FormEvent<HTMLInputElement>) => void;
  readonly demands: ReadonlySet<Demand>;
  readonly problem: { readonly message: string; readonly field: string | null } | null;
  readonly busy: boolean;
  readonly submit: (event: FormEvent) => void;
}

function useSignIn(locked: boolean): SignIn {
  const [values, setValues] = useState<Values>({ login: '', password: '', code: '', newPassword: '' });
  const [demands, setDemands] = useState<ReadonlySet<Demand>>(new Set());
  const [problem, setProblem] = useState<SignIn['problem']>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (locked) await callMain('session.unlock', credentialsOf(values));
      else await callMain('session.signIn', { login: values.login, ...credentialsOf(values) });
      await loadStart();
    } catch (error) {
      const field = error instanceof CallError ? error.data.field : null;
      if (field === 'code' || field === 'newPassword') setDemands((known) => new Set([...known, field]));
      setProblem({ message: messageOf(error), field });
    } finally {
      setBusy(false);
    }
  };
  return {
    values,
    demands,
    problem,
    busy,
    change: (field) => (event) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [field]: value }));
    },
    submit: (event) => {
      event.preventDefault();
      void send();
    },
  };
}

function credentialsOf({ password, code, newPassword }: Values): { password: string; code?: string; newPassword?: string } {
  return { password, ...(code === '' ? {} : { code }), ...(newPassword === '' ? {} : { newPassword }) };
}

import { Alert, Button, Drawer, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';

import { type Role, roleLabels } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { focusFirstFault } from '../../components/focus-first-fault';
import { OrganisationField, useFixedOrganisation } from '../../components/organisation-field';
import { useAction } from '../../components/use-action';
import type { HandOver } from './temporary-password';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (created: HandOver) => void;
}

export function AgentForm({ opened, onClose, onCreated }: Props): ReactNode {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size={480} title="Nouveau compte" closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {opened && <Fields onClose={onClose} onCreated={onCreated} />}
    </Drawer>
  );
}

const roles: readonly (readonly [Role, string])[] = [
  ['agent', 'Ouvre des dossiers et consulte, dans la limite de ses habilitations.'],
  ['responsable', 'Gère aussi les comptes, les habilitations, les jetons et les réglages.'],
  ['auditeur', 'Contrôle l’historique ; ne voit aucune donnée d’entreprise.'],
];

function Fields({ onClose, onCreated }: Omit<Props, 'opened'>): ReactNode {
  const own = useSession((state) => state.start?.session?.agent.organisation ?? '');
  const organisation = useFixedOrganisation() ?? own;
  const { busy, problem, run } = useAction();
  const form = useForm({
    initialValues: { displayName: '', organisation, login: '', role: 'agent' as Role },
    validate: {
      displayName: (value) => (value.trim() === '' ? 'Saisissez le nom de la personne.' : null),
      organisation: (value) => (value.trim() === '' ? 'Saisissez le nom de l’organisation.' : null),
      login: (value) => (value.trim() === '' ? 'Choisissez un identifiant.' : null),
    },
  });
  const create = (values: typeof form.values): void =>
    run(async () => {
      onCreated(await callMain('agents.create', values));
      onClose();
    });
  const isLoginWrong = problem?.field === 'login';
  return (
    <form onSubmit={form.onSubmit(create, (errors) => focusFirstFault(form, errors))} noValidate>
      <Stack gap="md">
        {problem !== null && !isLoginWrong && <Alert color="red" role="alert">{problem.message}</Alert>}
        <TextInput label="Nom et prénom" data-autofocus autoComplete="off" {...form.getInputProps('displayName')} />
        <OrganisationField label="Organisation" autoComplete="off" {...form.getInputProps('organisation')} />
        <TextInput
          label="Identifiant"
          description="Ce que la personne saisira pour se connecter."
          autoComplete="off"
          {...form.getInputProps('login')}
          error={isLoginWrong ? problem.message : form.errors['login']}
        />
        <Radio.Group label="Profil" {...form.getInputProps('role')}>
          <Stack gap="xs" mt="xs">
            {roles.map(([role, description]) => <Radio key={role} value={role} label={roleLabels[role]} description={description} />)}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Annuler</Button>
          <Button type="submit" loading={busy}>Créer le compte</Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { PasswordField } from '../../components/password-field';
import { SectionCard } from '../../components/section-card';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';

type State = ChannelOutput<'network.state'>;

/** What the way out asks for; a secret is typed here, kept by the keychain, and never shown again. */
export function NetworkAccounts(): ReactNode {
  const { value, replace } = useLoaded(() => callMain('network.state', undefined), '');
  const role = useSession((state) => state.start?.session?.agent.role);
  if (value === null) return null;
  return (
    <>
      <ProxyAccount key={`proxy-${value.hasPassword}`} state={value} onChange={replace} />
      {value.hasClientCertificate && role !== undefined && hasRight(role, 'settings.manage') && <Passphrase key={`phrase-${value.hasPassphrase}`} state={value} onChange={replace} />}
    </>
  );
}

interface PartProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

function tellKept(isKept: boolean): void {
  showDone('Enregistré', isKept ? 'Le trousseau du système le garde.' : 'Sans trousseau sur ce poste, il faudra le donner à nouveau à la prochaine ouverture.');
}

function ProxyAccount({ state, onChange }: PartProps): ReactNode {
  const action = useAction();
  const [user, setUser] = useState(state.proxyUser ?? '');
  const [password, setPassword] = useState('');
  const save = (account: { readonly user: string | null; readonly password: string | null }): void =>
    action.run(async () => {
      const { isKept, ...next } = await callMain('network.setProxyAccount', account);
      if (account.password === null) showDone('Compte du proxy effacé', 'Le trousseau ne le garde plus.');
      else tellKept(isKept);
      setPassword('');
      onChange(next);
    });
  return (
    <SectionCard title="Compte du proxy">
      <Stack gap="sm" maw={460} component="form" onSubmit={(event) => {
        event.preventDefault();
        save({ user: user.trim(), password });
      }}>
        {action.problem !== null && <Alert color="red" role="alert">{action.problem.message}</Alert>}
        <TextInput label="Nom d’utilisateur" description="Seulement si le proxy de votre organisation en demande un." autoComplete="off" maxLength={500} disabled={state.isProxyUserFixed} value={user} onChange={(event) => setUser(event.currentTarget.value)} />
        <PasswordField label="Mot de passe" description={state.hasPassword ? 'Un mot de passe est enregistré ; saisissez-en un autre pour le remplacer.' : 'Gardé par le trousseau du système, jamais affiché.'} autoComplete="off" maxLength={500} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Group gap="sm">
          <Button type="submit" loading={action.busy} disabled={user.trim() === '' || password === ''}>Enregistrer le compte</Button>
          {state.hasPassword && <Button variant="default" disabled={action.busy} onClick={() => save({ user: state.isProxyUserFixed ? state.proxyUser : null, password: null })}>Effacer le compte</Button>}
        </Group>
      </Stack>
    </SectionCard>
  );
}

function Passphrase({ state, onChange }: PartProps): ReactNode {
  const action = useAction();
  const [passphrase, setPassphrase] = useState('');
  return (
    <SectionCard title="Certificat présenté à la passerelle">
      <Stack gap="sm" maw={460} component="form" onSubmit={(event) => {
        event.preventDefault();
        action.run(async () => {
          const { isKept, ...next } = await callMain('network.setPassphrase', { passphrase });
          tellKept(isKept);
          onChange(next);
        });
      }}>
        {action.problem !== null && <Alert color="red" role="alert">{action.problem.message}</Alert>}
        <PasswordField label="Phrase secrète du certificat" description={state.hasPassphrase ? 'Une phrase est enregistrée ; saisissez-en une autre pour la remplacer.' : 'Gardée par le trousseau du système, jamais affichée.'} autoComplete="off" maxLength={500} value={passphrase} onChange={(event) => setPassphrase(event.currentTarget.value)} />
        <Group><Button type="submit" loading={action.busy} disabled={passphrase === ''}>Enregistrer la phrase</Button></Group>
      </Stack>
    </SectionCard>
  );
}

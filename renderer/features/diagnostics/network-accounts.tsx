import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { PasswordField } from '../../components/password-field';
import { SectionCard } from '../../components/section-card';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';

type State = ChannelOutput<'network.state'>;

/**
 * What the way out asks for; a secret is typed here, kept by the keychain, and never shown again.
 * `turn` changes with each check: a proxy may have asked for an account meanwhile.
 */
export function NetworkAccounts({ turn }: { readonly turn: string }): ReactNode {
  const { value, replace } = useLoaded(() => callMain('network.state', undefined), turn);
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
  // With an account that is kept, the proxy that waits is confirmed by its own button alone.
  const meantFor = state.hasPassword || state.areProxiesFixed ? null : state.waitingProxy;
  const save = (account: Omit<ChannelInput<'network.setProxyAccount'>, 'proxy'>): void =>
    action.run(async () => {
      const { isKept, ...next } = await callMain('network.setProxyAccount', { ...account, proxy: account.password === null ? null : meantFor });
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
        <Destination state={state} onChange={onChange} />
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

/** To which proxies the account goes, and the one that asks for it: its address is looked at before anything is given. */
function Destination({ state, onChange }: PartProps): ReactNode {
  const action = useAction();
  const { confirmedProxies, waitingProxy, hasPassword, areProxiesFixed } = state;
  const isGivenToNone = hasPassword && confirmedProxies.length === 0 && waitingProxy === null && !areProxiesFixed;
  return (
    <>
      {waitingProxy !== null && (
        <Alert color="amber" title={`Le proxy ${waitingProxy} demande un compte`}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{wordsForWaiting(state)}</Text>
            {hasPassword && !areProxiesFixed && (
              <Button size="xs" variant="default" loading={action.busy} onClick={() => action.run(async () => {
                onChange(await callMain('network.confirmProxy', { proxy: waitingProxy }));
                showDone('Proxy confirmé', `Le compte est donné à ${waitingProxy}.`);
              })}>Donner le compte à {waitingProxy}</Button>
            )}
            {action.problem !== null && <Text size="sm" c="red" role="alert">{action.problem.message}</Text>}
          </Stack>
        </Alert>
      )}
      {confirmedProxies.length > 0 && <Text size="sm">Donné seulement à <strong>{confirmedProxies.join(', ')}</strong>{areProxiesFixed ? ', comme l’a fixé votre organisation' : ''}.</Text>}
      {isGivenToNone && <Text size="sm">Ce compte n’est encore donné à aucun proxy. Il le sera à celui qui le demande, une fois son adresse confirmée ici après une vérification.</Text>}
    </>
  );
}

function wordsForWaiting({ hasPassword, areProxiesFixed }: State): string {
  if (areProxiesFixed) return 'Il n’est pas de ceux que votre organisation a fixés : aucun compte ne lui est donné. Prévenez votre service informatique.';
  if (!hasPassword) return 'Le compte saisi ici sera donné à ce proxy, et à nul autre. Vérifiez que cette adresse est bien celle de votre organisation ; en cas de doute, demandez à votre service informatique.';
  return 'Le compte enregistré ne lui a pas été donné. Confirmez-le s’il est bien celui de votre organisation ; en cas de doute, demandez à votre service informatique.';
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

import { Alert, Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useNow } from '../quota';
import { type Habilitation, keepHabilitation } from './habilitations-store';
import { TokenPaste } from './token-paste';
import { TokenStopDialog } from './token-stop';
import { countdownText, dayText, stateNow, tokenColor, tokenSentences } from './token-words';

interface Props {
  readonly habilitation: Habilitation;
  readonly mayManage: boolean;
}

const SUCCESSION = 'L’ancien jeton ne sert plus. Le nouveau prend sa place au prochain appel, ou dès que vous le testez : il n’y a rien d’autre à faire.';

/** All that is known of the token, except the token. */
export function TokenCard({ habilitation, mayManage }: Props): ReactNode {
  const { token } = habilitation;
  const now = useNow();
  const state = stateNow(token, now);
  const color = tokenColor(state, token.expiresAt, now);
  const takesOver = habilitation.hasStagedToken === true && state !== 'active' && state !== 'expiring';
  const countdown = state === 'missing' ? null : countdownText(token.expiresAt, now);
  return (
    <SectionCard title="Jeton" {...(countdown === null ? {} : { actions: <Badge variant="light" size="lg" radius="sm" tt="none" color={color}>{countdown}</Badge> })}>
      <Stack gap="md">
        <Alert color={color === 'teal' || takesOver ? 'ink' : color} role="status">{takesOver ? SUCCESSION : tokenSentences[state]}</Alert>
        {state !== 'missing' && <TokenFacts habilitation={habilitation} />}
        {habilitation.hasStagedToken === true && !takesOver && <StagedNotice />}
        {mayManage && <TokenActs habilitation={habilitation} canStop={state === 'active' || state === 'expiring' || state === 'refused'} />}
      </Stack>
    </SectionCard>
  );
}

function TokenFacts({ habilitation: { token } }: { readonly habilitation: Habilitation }): ReactNode {
  const checked = token.privilegesCheckedAt;
  const facts: readonly (readonly [string, string, boolean?])[] = [
    ['Intitulé porté par le jeton', token.subject ?? 'Inconnu'],
    ['Identifiant (uid)', token.uid ?? 'Inconnu', true],
    ['Émis le', dayText(token.issuedAt)],
    ['Expire le', dayText(token.expiresAt)],
    ['Droits confirmés par le service', checked === null ? 'Pas encore : testez le jeton' : new Date(checked).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' })],
  ];
  const scopes = token.privileges ?? token.scopes;
  return (
    <>
      <dl style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))', gap: '14px 28px', margin: 0 }}>
        {facts.map(([label, value, isCode]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">{label}</Text>
            <Text component="dd" m={0} mt={2} size="sm" style={{ overflowWrap: 'anywhere' }} {...(isCode ? { ff: 'monospace', fz: 'xs' } : {})}>{value}</Text>
          </div>
        ))}
      </dl>
      <details>
        <summary style={{ cursor: 'pointer', fontSize: '0.875rem' }}>
          {scopes.length} droit{scopes.length > 1 ? 's' : ''} {token.privileges === null ? 'inscrits dans le jeton' : 'ouverts selon le service'}
        </summary>
        <Group gap={6} mt="xs" role="list" aria-label="Droits du jeton">{[...scopes].sort().map((scope) => <Code key={scope} role="listitem">{scope}</Code>)}</Group>
      </details>
    </>
  );
}

function StagedNotice(): ReactNode {
  return (
    <Alert color="ink" title="Un nouveau jeton attend son premier succès">
      L’ancien continue de servir. Testez le nouveau : s’il est accepté, il prend la place de l’ancien, sans coupure. Il la prendra aussi de lui-même
      si l’ancien expire, est refusé ou arrêté.
    </Alert>
  );
}

/** Pasted, tested, stopped: what a responsable does with a token. */
function TokenActs({ habilitation, canStop }: { readonly habilitation: Habilitation; readonly canStop: boolean }): ReactNode {
  const [stopping, setStopping] = useState(false);
  const { busy, problem, run } = useAction();
  const { id, hasStagedToken, token } = habilitation;
  const test = (): void =>
    run(async () => {
      try {
        const tested = await callMain('habilitations.testToken', { id });
        keepHabilitation(tested);
        showDone('Jeton accepté', `Le service lui reconnaît ${tested.token.privileges?.length ?? 0} droits.`);
      } catch (error) {
        // A refusal changes the token's state too.
        keepHabilitation((await callMain('habilitations.list', undefined)).find((one) => one.id === id) ?? habilitation);
        throw error;
      }
    });
  const canTest = token.state !== 'missing' || hasStagedToken === true;
  return (
    <>
      <TokenPaste habilitation={habilitation} />
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      <Group>
        <Button variant="default" disabled={!canTest} loading={busy} onClick={test}>{hasStagedToken === true ? 'Tester le nouveau jeton' : 'Tester le jeton'}</Button>
        <Button variant="light" color="red" disabled={!canStop} onClick={() => setStopping(true)}>Jeton compromis…</Button>
      </Group>
      <Text size="sm" c="dimmed">Le test demande au service les droits du jeton : il n’interroge aucun fournisseur, ne demande aucune justification et s’inscrit dans l’historique.</Text>
      <TokenStopDialog habilitation={habilitation} opened={stopping} onClose={() => setStopping(false)} />
    </>
  );
}

import { Alert, Loader, Stack, Text, Title } from '@mantine/core';
import { IconFileCertificate, IconFingerprint, IconLock, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';

import { EnvironmentBadge } from '../../components/environment-badge';
import { type StartState, useSession } from '../../app/session-store';
import { FirstAccountForm } from './first-account-form';
import { SignInForm } from './sign-in-form';

/** What stands before the workstation: first account, sign-in or locked session. */
export function Gate(): ReactNode {
  const { start, problem, farewell } = useSession();
  const isOpen = start !== null;
  useEffect(() => {
    // Only once somebody can sign in: whoever waits for the window hears its name then.
    document.title = isOpen ? 'Connexion – Instruire' : 'Instruire';
  }, [isOpen]);
  return (
    <div className="gate">
      <GateStory start={start} />
      <main className="gate-form">
        <Stack w="100%" maw={400} gap="lg">
          {farewell !== null && <Alert color="ink" role="status">{farewell}</Alert>}
          {problem !== null && <Alert color="red" role="alert" title="L’application n’a pas pu démarrer">{problem}</Alert>}
          {start === null && problem === null && <Loader aria-label="Démarrage" />}
          {start !== null && <GateForm start={start} />}
          {start?.notices.map(({ id, tone, message }) => (
            <Alert key={id} color={tone === 'error' ? 'red' : tone === 'warning' ? 'amber' : 'ink'}>{message}</Alert>
          ))}
        </Stack>
      </main>
    </div>
  );
}

function GateForm({ start }: { readonly start: StartState }): ReactNode {
  if (!start.hasAccounts) return <FirstAccountForm />;
  return <SignInForm key={start.lockedAgent?.login ?? ''} lockedAgent={start.lockedAgent} oidc={start.oidc} />;
}

const promises = [
  { icon: IconShieldCheck, text: 'Chaque consultation est justifiée et inscrite dans un historique qui se vérifie.' },
  { icon: IconLock, text: 'Les jetons restent dans le trousseau du poste ; ils ne sont jamais affichés.' },
  { icon: IconFingerprint, text: 'Chacun ne voit que ce que son habilitation permet.' },
];

function GateStory({ start }: { readonly start: StartState | null }): ReactNode {
  return (
    <aside className="gate-story" aria-label="Présentation">
      <div className="brand" style={{ padding: 0 }}><IconFileCertificate size={28} stroke={1.5} aria-hidden />Instruire</div>
      <Stack gap="xl" className="gate-promises">
        <Title order={2} fz={32} lh={1.2} c="white" maw={420} style={{ letterSpacing: '-0.02em' }}>Les pièces d’une entreprise, sans les lui redemander.</Title>
        <Stack gap="md">
          {promises.map(({ icon: Icon, text }) => (
            <div key={text} style={{ display: 'flex', gap: 12, maxWidth: 420 }}>
              <Icon size={21} stroke={1.5} aria-hidden style={{ flexShrink: 0, marginTop: 1 }} />
              <Text>{text}</Text>
            </div>
          ))}
        </Stack>
      </Stack>
      {start && (
        <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
          <EnvironmentBadge environment={start.environment} />
          <Text size="sm">Version {start.appVersion}</Text>
        </div>
      )}
    </aside>
  );
}

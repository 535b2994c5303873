import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLock, IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { roleLabels } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { PageHead } from '../../components/page-head';
import { SectionCard } from '../../components/section-card';
import { showFailure } from '../../components/toasts';
import { PasswordCard } from './password-card';
import { SecondFactorCard } from './second-factor-card';

/** What each person does with his own account. */
export function AccountScreen(): ReactNode {
  const session = useSession((state) => state.start?.session);
  if (!session) return null;
  const { displayName, login, organisation, role } = session.agent;
  const since = new Date(session.signedInAt).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });
  return (
    <div className="page" style={{ maxWidth: 820 }}>
      <PageHead title="Mon compte" summary={`${displayName} · ${login} · ${roleLabels[role]} · ${organisation}`} />
      <Stack gap="lg">
        <PasswordCard />
        <SecondFactorCard />
        <SectionCard title="Session">
          <Text size="sm" c="dimmed" mb="sm">
            Ouverte le {since}. Verrouiller garde votre travail à l’écran pour votre retour ; se déconnecter l’efface de l’écran et de la mémoire.
          </Text>
          <Group>
            <Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={() => void callMain('session.lock', undefined).catch(showFailure)}>Verrouiller</Button>
            <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void callMain('session.signOut', undefined).catch(showFailure)}>Se déconnecter</Button>
          </Group>
        </SectionCard>
      </Stack>
    </div>
  );
}

import { Anchor, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { loadStart } from '../../app/session-store';
import { showFailure } from '../../components/toasts';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorSetup } from './second-factor-setup';

/** What stands before the workstation when the organisation demands a second factor that is not set up yet. */
export function SecondFactorGate(): ReactNode {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const signOut = (): void => void callMain('session.signOut', undefined).catch(showFailure);
  return (
    <main className="page" style={{ maxWidth: 760 }}>
      <Stack gap="lg">
        <Title order={1}>Activez votre second facteur</Title>
        <Text>Votre organisation demande un code du téléphone en plus du mot de passe. L’installation prend une minute ; elle n’est à faire qu’une fois.</Text>
        {codes === null ? <SecondFactorSetup onCancel={signOut} onDone={setCodes} /> : <RecoveryCodes codes={codes} onDone={() => void loadStart()} />}
        {codes === null && <Anchor component="button" type="button" size="sm" onClick={signOut}>Se déconnecter</Anchor>}
      </Stack>
    </main>
  );
}

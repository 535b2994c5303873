import { Alert, Badge, Button, Group, Skeleton, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { useLoaded } from '../../components/use-loaded';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorRemoval } from './second-factor-removal';
import { SecondFactorSetup } from './second-factor-setup';

type Stage = { readonly name: 'rest' | 'setup' | 'removal' } | { readonly name: 'codes'; readonly codes: readonly string[] };

/** A code from the telephone beside the password: set up, replaced or removed by its owner. */
export function SecondFactorCard(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('session.protection', undefined), '');
  const [stage, setStage] = useState<Stage>({ name: 'rest' });
  const rest = (): void => {
    setStage({ name: 'rest' });
    reload();
  };
  const isOn = value?.hasSecondFactor ?? false;
  return (
    <SectionCard
      title="Second facteur"
      actions={value && <Badge variant="light" radius="sm" tt="none" fw={560} color={isOn ? 'teal' : 'gray'}>{isOn ? 'Activé' : 'Non activé'}</Badge>}
    >
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={60} aria-label="Lecture du second facteur" />}
      {value !== null && stage.name === 'rest' && (
        <AtRest isOn={isOn} recoveryCodesLeft={value.recoveryCodesLeft} onSetup={() => setStage({ name: 'setup' })} onRemoval={() => setStage({ name: 'removal' })} />
      )}
      {stage.name === 'setup' && <SecondFactorSetup onCancel={rest} onDone={(codes) => setStage({ name: 'codes', codes })} />}
      {stage.name === 'codes' && <RecoveryCodes codes={stage.codes} onDone={rest} />}
      {stage.name === 'removal' && <SecondFactorRemoval onClose={rest} />}
    </SectionCard>
  );
}

interface RestProps {
  readonly isOn: boolean;
  readonly recoveryCodesLeft: number;
  readonly onSetup: () => void;
  readonly onRemoval: () => void;
}

function AtRest({ isOn, recoveryCodesLeft, onSetup, onRemoval }: RestProps): ReactNode {
  const left = recoveryCodesLeft > 1 ? `${recoveryCodesLeft} codes de secours` : `${recoveryCodesLeft} code de secours`;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {isOn
          ? `Un code à six chiffres est demandé à chaque connexion. Il vous reste ${left}.`
          : 'Avec une application d’authentification sur votre téléphone, un mot de passe volé ne suffit plus à ouvrir votre session.'}
      </Text>
      <Group>
        <Button variant={isOn ? 'default' : 'filled'} onClick={onSetup}>{isOn ? 'Installer sur un autre téléphone' : 'Activer le second facteur'}</Button>
        {isOn && <Button variant="default" onClick={onRemoval}>Retirer</Button>}
      </Group>
    </>
  );
}

import { Alert, Select } from '@mantine/core';
import type { ReactNode } from 'react';

import { type Environment, environmentLabels, ENVIRONMENTS } from '../../../shared/domain/environment';
import { useSession } from '../../app/session-store';
import { SettingCard, type SettingProps, useSettingLock } from './setting-card';

/** The relay's address comes with the machine policy: it is shown when set there, never offered. */
function offered(current: Environment): readonly Environment[] {
  return ENVIRONMENTS.filter((environment) => environment !== 'gateway' || current === 'gateway');
}

export function EnvironmentSetting({ settings, onChange }: SettingProps): ReactNode {
  const working = useSession((state) => state.start?.environment);
  const lock = useSettingLock(settings, 'environment');
  const isPending = working !== undefined && working !== settings.environment;
  return (
    <SettingCard title="Environnement" lock={lock} summary="Où partent les appels. Les habilitations et les jetons d’un environnement ne servent pas dans un autre.">
      <Select
        label="Environnement de ce poste"
        description="Prend effet au prochain démarrage."
        maw={320}
        allowDeselect={false}
        disabled={lock !== null}
        data={offered(settings.environment).map((value) => ({ value, label: environmentLabels[value] }))}
        value={settings.environment}
        onChange={(environment) => environment !== null && onChange({ environment })}
      />
      {isPending && (
        <Alert color="amber" mt="sm" role="status">
          Ce poste travaille encore dans « {environmentLabels[working]} ». Fermez puis rouvrez Instruire pour passer à « {environmentLabels[settings.environment]} ».
        </Alert>
      )}
    </SettingCard>
  );
}

import { Button, Group, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';

import { LOG_LEVELS, logLevelLabels } from '../../../shared/domain/setting-words';
import { navigate } from '../../app/navigation';
import { SettingCard, type SettingProps, type Settings, useSettingLock } from './setting-card';

const levels = LOG_LEVELS.map((value) => ({ value, label: logLevelLabels[value] }));

/** What is written for support, and the way to hand it over. */
export function LogSetting({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'logLevel');
  return (
    <SettingCard title="Journal technique" lock={lock} summary="Ce fichier reste sur ce poste, pour votre seul compte, et se limite à 5 Mo. Aucun jeton, mot de passe ni lien de document n’y est écrit. « Détaillé » sert le temps d’une recherche de panne.">
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Détail du journal technique"
          data={levels}
          disabled={lock !== null}
          value={settings.logLevel}
          onChange={(value) => onChange({ logLevel: value as Settings['logLevel'] })}
        />
        <Button variant="default" onClick={() => navigate({ name: 'problem-report' })}>Signaler un problème…</Button>
      </Group>
    </SettingCard>
  );
}

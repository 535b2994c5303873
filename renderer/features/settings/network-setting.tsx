import { Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { PROXY_MODES, proxyModeLabels } from '../../../shared/domain/setting-words';
import { pacUrlSchema, proxyUrlSchema } from '../../../shared/ipc/proxy';
import { labelOf, SettingCard, type SettingProps, useSettingLock } from './setting-card';

const SUMMARY =
  'Par où les appels sortent de ce poste. Le bac à sable, lui, reste sur le poste. Le compte demandé par un proxy se donne dans «\u00a0Diagnostic\u00a0».';

const modes = PROXY_MODES.map((value) => ({ value, label: value === 'system' ? `${proxyModeLabels[value]} (recommandé)` : proxyModeLabels[value] }));

export function NetworkSetting(props: SettingProps): ReactNode {
  const { settings, onChange } = props;
  const lock = useSettingLock(settings, 'proxyMode');
  return (
    <SettingCard title="Réseau" lock={lock} summary={SUMMARY}>
      <Stack gap="sm" maw={460}>
        <Select
          label="Proxy"
          allowDeselect={false}
          disabled={lock !== null}
          data={modes}
          value={settings.proxyMode}
          onChange={(value) => {
            const proxyMode = modes.find((mode) => mode.value === value)?.value;
            if (proxyMode !== undefined) onChange({ proxyMode });
          }}
        />
        {settings.proxyMode === 'manual' && <AddressField {...props} name="proxyUrl" label="Adresse du proxy" placeholder="http://proxy.exemple.fr:3128" />}
        {settings.proxyMode === 'pac' && <AddressField {...props} name="proxyPacUrl" label="Adresse du fichier PAC" placeholder="http://wpad.exemple.fr/proxy.pac" />}
        {settings.proxyMode === 'manual' && <ExceptionsField {...props} />}
      </Stack>
    </SettingCard>
  );
}

interface AddressProps extends SettingProps {
  readonly name: 'proxyUrl' | 'proxyPacUrl';
  readonly label: string;
  readonly placeholder: string;
}

function AddressField({ settings, onChange, name, label, placeholder }: AddressProps): ReactNode {
  const lock = useSettingLock(settings, name);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (typed: string): void => {
    const text = typed.trim();
    const parsed = (name === 'proxyUrl' ? proxyUrlSchema : pacUrlSchema).nullable().safeParse(text === '' ? null : text);
    setProblem(parsed.success ? null : `Corrigez l’adresse\u00a0: ${parsed.error.issues[0]?.message ?? ''}.`);
    if (parsed.success && parsed.data !== settings[name]) onChange({ [name]: parsed.data });
  };
  return (
    <TextInput
      label={labelOf(label, lock)}
      placeholder={placeholder}
      disabled={lock !== null}
      error={problem}
      maxLength={500}
      defaultValue={settings[name] ?? ''}
      onBlur={(event) => save(event.currentTarget.value)}
    />
  );
}

function ExceptionsField({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'noProxy');
  return (
    <TagsInput
      label={labelOf('Adresses sans proxy', lock)}
      description="Par exemple « .interne.exemple.fr » ou « 10.0.0.0/8 » ; Entrée pour ajouter."
      disabled={lock !== null}
      acceptValueOnBlur
      clearable={false}
      maxTags={100}
      value={settings.noProxy}
      onChange={(noProxy) => onChange({ noProxy })}
    />
  );
}

import { Alert, NumberInput, SegmentedControl, Skeleton, Stack, Switch, Text, Title, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import { V2_CLOSED_SENTENCE } from '../../../shared/catalogue';
import { callMain } from '../../app/bridge';
import { PageHead } from '../../components/page-head';
import { showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';

type Settings = ChannelOutput<'settings.get'>;
type Change = (change: ChannelInput<'settings.update'>) => void;

const LOCK_MAX_MINUTES = 480;

export function SettingsScreen(): ReactNode {
  const { value, problem, replace } = useLoaded(() => callMain('settings.get', undefined), '');
  const change: Change = (part) => {
    callMain('settings.update', part).then(replace, showFailure);
  };
  return (
    <div className="page" style={{ maxWidth: 820 }}>
      <PageHead title="Réglages" summary="Chaque modification est enregistrée aussitôt." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={240} aria-label="Lecture des réglages" />}
      {value !== null && (
        <Stack gap="lg">
          <AppearanceSetting settings={value} onChange={change} />
          <TimeoutSetting settings={value} onChange={change} />
          <LockSetting settings={value} onChange={change} />
          <V2Setting settings={value} onChange={change} />
        </Stack>
      )}
    </div>
  );
}

interface SettingProps {
  readonly settings: Settings;
  readonly onChange: Change;
}

function SettingCard({ id, title, children }: { readonly id: string; readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="card" aria-labelledby={id} style={{ padding: '18px 22px' }}>
      <Title order={2} size="h4" id={id} mb="sm">{title}</Title>
      {children}
    </section>
  );
}

function AppearanceSetting({ settings, onChange }: SettingProps): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const schemes = [{ value: 'auto', label: 'Comme le système' }, { value: 'light', label: 'Clair' }, { value: 'dark', label: 'Sombre' }];
  return (
    <SettingCard id="setting-appearance" title="Apparence">
      <SegmentedControl
        aria-label="Thème"
        data={schemes}
        value={settings.colorScheme}
        onChange={(value) => {
          const colorScheme = value as Settings['colorScheme'];
          setColorScheme(colorScheme);
          onChange({ colorScheme });
        }}
      />
    </SettingCard>
  );
}

function TimeoutSetting({ settings, onChange }: SettingProps): ReactNode {
  return (
    <SettingCard id="setting-timeouts" title="Fournisseurs lents">
      <Switch
        label="Attendre plus longtemps les réponses lentes"
        checked={settings.longTimeouts}
        onChange={(event) => onChange({ longTimeouts: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed" mt="xs">
        Un appel coupé trop tôt est compté dans le quota comme une réponse, et le service continue d’y travailler jusqu’à dix secondes. Attendre un
        peu plus évite de perdre des réponses qui allaient arriver ; l’écran, lui, reste utilisable.
      </Text>
    </SettingCard>
  );
}

function V2Setting({ settings, onChange }: SettingProps): ReactNode {
  return (
    <SettingCard id="setting-v2" title="Version 2 d’API Entreprise">
      <Switch
        label="Autoriser les appels à la version 2"
        checked={settings.useV2}
        onChange={(event) => onChange({ useV2: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed" mt="xs">{V2_CLOSED_SENTENCE}</Text>
    </SettingCard>
  );
}

function LockSetting({ settings, onChange }: SettingProps): ReactNode {
  return (
    <SettingCard id="setting-lock" title="Verrouillage">
      <NumberInput
        label="Verrouiller après (minutes sans activité)"
        min={1}
        max={LOCK_MAX_MINUTES}
        clampBehavior="strict"
        allowDecimal={false}
        maw={320}
        defaultValue={settings.lockAfterMinutes}
        onBlur={(event) => {
          const lockAfterMinutes = Number(event.currentTarget.value);
          if (lockAfterMinutes >= 1 && lockAfterMinutes !== settings.lockAfterMinutes) onChange({ lockAfterMinutes });
        }}
      />
      <Text size="sm" c="dimmed" mt="xs">Votre mot de passe sera demandé au retour ; rien de ce qui est affiché n’est perdu.</Text>
    </SettingCard>
  );
}

import { Alert, NumberInput, SegmentedControl, Skeleton, Stack, Switch, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';

import { V2_CLOSED_SENTENCE } from '../../../shared/catalogue';
import { hasRight } from '../../../shared/domain/rights';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { PageHead } from '../../components/page-head';
import { PieceListsCard } from '../dossiers';
import { DataKeySetting } from './data-key-setting';
import { ErasureSetting } from './erasure-setting';
import { EnvironmentSetting } from './environment-setting';
import { NetworkSetting } from './network-setting';
import { LogSetting } from './log-setting';
import { ProposalsSetting } from './proposals-setting';
import { SettingCard, type SettingProps, type Settings, useSettingLock } from './setting-card';
import { UpdatesSetting } from './updates-setting';
import { useSettings } from './use-settings';

const LOCK_MAX_MINUTES = 480;

export function SettingsScreen(): ReactNode {
  const { settings: value, problem, refusal, change, forgetRefusal } = useSettings();
  const role = useSession((state) => state.start?.session?.agent.role);
  return (
    <div className="page" style={{ maxWidth: 820 }}>
      <PageHead title="Réglages" summary="Chaque modification est enregistrée aussitôt." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {refusal !== null && <Alert color="red" role="alert" mb="lg" title="Ce réglage n’a pas changé" withCloseButton closeButtonLabel="Fermer" onClose={forgetRefusal}>{refusal}</Alert>}
      {value === null && problem === null && <Skeleton h={240} aria-label="Lecture des réglages" />}
      {value !== null && (
        <Stack gap="lg">
          <AppearanceSetting settings={value} onChange={change} />
          <EnvironmentSetting settings={value} onChange={change} />
          <ProposalsSetting settings={value} onChange={change} />
          <NetworkSetting settings={value} onChange={change} />
          <TimeoutSetting settings={value} onChange={change} />
          <LockSetting settings={value} onChange={change} />
          {role !== undefined && hasRight(role, 'dossiers.manage') && <PieceListsCard onOpen={() => navigate({ name: 'piece-lists' })} />}
          <V2Setting settings={value} onChange={change} />
          {role !== undefined && hasRight(role, 'settings.manage') && <DataKeySetting />}
          {role !== undefined && hasRight(role, 'settings.manage') && <UpdatesSetting />}
          <LogSetting settings={value} onChange={change} />
          {role !== undefined && hasRight(role, 'settings.manage') && <ErasureSetting />}
        </Stack>
      )}
    </div>
  );
}

function AppearanceSetting({ settings, onChange }: SettingProps): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const schemes = [{ value: 'auto', label: 'Comme le système' }, { value: 'light', label: 'Clair' }, { value: 'dark', label: 'Sombre' }];
  return (
    <SettingCard title="Apparence">
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

const TIMEOUT_SUMMARY =
  'Un appel coupé trop tôt est compté dans le quota comme une réponse, et le service continue d’y travailler jusqu’à dix secondes. Attendre un peu plus évite de perdre des réponses qui allaient arriver\u00a0; l’écran, lui, reste utilisable.';

function TimeoutSetting({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'longTimeouts');
  return (
    <SettingCard title="Fournisseurs lents" lock={lock} summary={TIMEOUT_SUMMARY}>
      <Switch
        label="Attendre plus longtemps les réponses lentes"
        disabled={lock !== null}
        checked={settings.longTimeouts}
        onChange={(event) => onChange({ longTimeouts: event.currentTarget.checked })}
      />
    </SettingCard>
  );
}

function V2Setting({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'useV2');
  return (
    <SettingCard title="Version 2 d’API Entreprise" lock={lock} summary={V2_CLOSED_SENTENCE}>
      <Switch
        label="Autoriser les appels à la version 2"
        description="Ses données se trouvent alors dans la fiche, sous « Consulter une autre donnée » ; chacune rappelle qu’elle est fermée."
        disabled={lock !== null}
        checked={settings.useV2}
        onChange={(event) => onChange({ useV2: event.currentTarget.checked })}
      />
    </SettingCard>
  );
}

function LockSetting({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'lockAfterMinutes');
  return (
    <SettingCard title="Verrouillage" lock={lock} summary="Votre mot de passe sera demandé au retour ; rien de ce qui est affiché n’est perdu.">
      <NumberInput
        label="Verrouiller après (minutes sans activité)"
        min={1}
        max={LOCK_MAX_MINUTES}
        clampBehavior="strict"
        allowDecimal={false}
        maw={320}
        disabled={lock !== null}
        defaultValue={settings.lockAfterMinutes}
        onBlur={(event) => {
          const lockAfterMinutes = Number(event.currentTarget.value);
          if (lockAfterMinutes >= 1 && lockAfterMinutes !== settings.lockAfterMinutes) onChange({ lockAfterMinutes });
        }}
      />
    </SettingCard>
  );
}

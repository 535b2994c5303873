import { Stack, TagsInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { checkRecipient } from '../../../shared/domain/justification';
import { labelOf, SettingCard, type SettingProps, useSettingLock } from './setting-card';

const SUMMARY = 'Le destinataire et les contextes sont proposés à l’ouverture d’un dossier ou d’une habilitation\u00a0; chacun peut en choisir d’autres.';
const CONTEXTS_MAX = 50;

/** What forms propose for this organisation. */
export function ProposalsSetting(props: SettingProps): ReactNode {
  return (
    <SettingCard title="Votre organisation" summary={SUMMARY}>
      <Stack gap="sm" maw={460}>
        <OrganisationField {...props} />
        <RecipientField {...props} />
        <ContextsField {...props} />
      </Stack>
    </SettingCard>
  );
}

function OrganisationField({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'organisation');
  return (
    <TextInput
      label={labelOf('Organisation', lock)}
      disabled={lock !== null}
      maxLength={500}
      defaultValue={settings.organisation ?? ''}
      onBlur={(event) => {
        const text = event.currentTarget.value.trim();
        const organisation = text === '' ? null : text;
        if (organisation !== settings.organisation) onChange({ organisation });
      }}
    />
  );
}

function RecipientField({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'recipient');
  const [problem, setProblem] = useState<string | null>(null);
  const save = (text: string): void => {
    const checked = text.trim() === '' ? null : checkRecipient(text);
    setProblem(checked === null || checked.ok ? null : checked.message);
    if (checked?.ok === false) return;
    const recipient = checked?.value ?? null;
    if (recipient !== settings.recipient) onChange({ recipient });
  };
  return (
    <TextInput
      label={labelOf('Destinataire', lock)}
      description="SIRET de l’administration qui utilise la donnée."
      disabled={lock !== null}
      error={problem}
      defaultValue={settings.recipient === null ? '' : formatIdentifier(settings.recipient)}
      onBlur={(event) => save(event.currentTarget.value)}
    />
  );
}

function ContextsField({ settings, onChange }: SettingProps): ReactNode {
  const lock = useSettingLock(settings, 'contexts');
  return (
    <TagsInput
      label={labelOf('Contextes', lock)}
      description="Transmis avec chaque appel ; Entrée pour ajouter."
      disabled={lock !== null}
      acceptValueOnBlur
      clearable={false}
      maxTags={CONTEXTS_MAX}
      value={settings.contexts}
      onChange={(contexts) => onChange({ contexts })}
    />
  );
}

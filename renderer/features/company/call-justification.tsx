import { ActionIcon, Button, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext, useState } from 'react';

import type { JustificationOverride } from '../../../shared/domain/consultation';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { checkJustification, type Justification } from '../../../shared/domain/justification';
import { ObjectCount } from '../../components/object-count';
import { dropdownProps, popoverProps } from '../../components/popover-props';

/** What goes with the calls about a company of a dossier, and what its habilitation lets one of them carry instead. */
export interface CallJustifications {
  readonly usual: Justification;
  /** Null when the agent sees it no more: the object alone can be another. */
  readonly habilitation: Pick<Habilitation, 'contexts' | 'recipients'> | null;
  readonly companyIdentifier: string;
}

const JustificationsContext = createContext<CallJustifications | null>(null);
export const CallJustificationsProvider = JustificationsContext.Provider;

interface Props {
  /** Title of the datum that is asked. */
  readonly title: string;
  readonly disabled: boolean;
  readonly onSend: (override: JustificationOverride) => void;
}

/** Another context, recipient or object than the dossier's, for one call; the next one goes with the dossier's again. */
export function CallJustification({ title, disabled, onSend }: Props): ReactNode {
  const justifications = useContext(JustificationsContext);
  const [opened, setOpened] = useState(false);
  if (justifications === null) return null;
  const send = (override: JustificationOverride): void => {
    setOpened(false);
    onSend(override);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={360} position="bottom-end" withArrow arrowPosition="center" {...popoverProps}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={30} disabled={disabled} aria-label={`Autre justification pour un appel\u00a0: ${title}`} onClick={() => setOpened(!opened)}><IconTag size={15} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown {...dropdownProps}>
        {opened && <OverrideForm {...justifications} onSend={send} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function OverrideForm({ usual, habilitation, companyIdentifier, onSend }: CallJustifications & Pick<Props, 'onSend'>): ReactNode {
  const [draft, setDraft] = useState<Record<keyof Justification, string>>(usual);
  const { justification, problems } = checkJustification(draft, companyIdentifier);
  const change = (field: keyof Justification) => (event: { readonly currentTarget: { readonly value: string } }) => setDraft({ ...draft, [field]: event.currentTarget.value });
  const errorOf = (field: keyof Justification) => problems.find((problem) => problem.field === field)?.message;
  const override = justification && overrideOf(usual, justification);
  return (
    <Stack gap="xs" component="form" onSubmit={(event) => { event.preventDefault(); if (override) onSend(override); }}>
      <Text size="sm">À la place de celle du dossier, pour cet appel seulement : l’historique garde ce qui est envoyé.</Text>
      <Choice label="Contexte de cet appel" isKnown={habilitation !== null} options={withUsual(usual.context, habilitation?.contexts)} textOf={(context) => context} value={draft.context} onChange={change('context')} error={errorOf('context')} />
      <Choice label="Destinataire de cet appel" isKnown={habilitation !== null} options={withUsual(usual.recipient, habilitation?.recipients)} textOf={formatIdentifier} value={draft.recipient} onChange={change('recipient')} error={errorOf('recipient')} />
      <TextInput label="Objet de cet appel" data-autofocus value={draft.object} maxLength={500} onChange={change('object')} error={errorOf('object')} />
      <ObjectCount object={draft.object} />
      <Button type="submit" size="xs" disabled={override === undefined}>Consulter avec cette justification</Button>
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** Whether the habilitation can be seen. */
  readonly isKnown: boolean;
  readonly options: readonly string[];
  readonly textOf: (option: string) => string;
  readonly value: string;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly error: string | undefined;
}

/** What the habilitation allows; nothing to choose when that is one. */
function Choice({ label, isKnown, options, textOf, value, onChange, error }: ChoiceProps): ReactNode {
  if (options.length < 2) return <div><Text size="sm" fw={500}>{label}</Text><Text size="sm" c="dimmed">{textOf(value)}{isKnown ? ', seul prévu par l’habilitation' : ', celui du dossier'}</Text></div>;
  return <NativeSelect label={label} data={options.map((option) => ({ value: option, label: textOf(option) }))} value={value} onChange={onChange} error={error} />;
}

function withUsual(usual: string, allowed: readonly string[] = []): readonly string[] {
  return [...new Set([usual, ...allowed])];
}

/** What differs from the dossier's; undefined when nothing does. */
function overrideOf(usual: Justification, chosen: Justification): JustificationOverride | undefined {
  const override = {
    ...(chosen.context === usual.context ? {} : { context: chosen.context }),
    ...(chosen.recipient === usual.recipient ? {} : { recipient: chosen.recipient }),
    ...(chosen.object === usual.object ? {} : { object: chosen.object }),
  };
  return Object.keys(override).length > 0 ? override : undefined;
}

import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { currentDossierId, useNavigation } from '../../app/navigation';
import { type Choice, choicesOf, refusalOf, understoodOf } from './choices';
import type { CompanyChoice } from './company-choice';
import { openSearch } from './search-store';
import { useCompanyMatches } from './use-company-matches';

interface Props {
  readonly label: string;
  readonly labelHidden?: boolean;
  /** SIRET of the dossier's recipient, which cannot be the company called. */
  readonly recipient?: string;
  readonly onChoose: (choice: CompanyChoice) => void;
}

const TYPING_MS = 300;
const SEE_ALL = 'all';

/** Name or any number: checked while typing, results walked with the arrows, Enter chooses. */
export function CompanySearch({ label, labelHidden = false, recipient, onChoose }: Props): ReactNode {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const { reading, matches, total, problem, busy } = useCompanyMatches(text, settled);
  const dossierId = currentDossierId(useNavigation((state) => state.screen));
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const choices = choicesOf(reading, matches);
  const understood = understoodOf(reading);
  const wrong = understood !== null && !understood.ok && settled === text ? understood.sentence : null;
  const refusal = refusalOf(choices, recipient);
  const submit = (option: string): void => {
    const choice = choices[Number(option)]?.choice;
    if (option === SEE_ALL) openSearch(text, dossierId);
    else if (choice) onChoose(choice);
    else return;
    setText('');
    combobox.closeDropdown();
  };
  const type = (typed: string): void => {
    setText(typed);
    combobox.openDropdown();
    combobox.resetSelectedOption();
  };
  const isAnswered = matches !== null && problem === null && wrong === null && refusal === null;
  return (
    <Combobox store={combobox} onOptionSubmit={submit} shadow="md" offset={4}>
      <Combobox.Target>
        <TextInput
          {...(labelHidden ? { 'aria-label': label, styles: floatingError } : { label })}
          type="search"
          placeholder="Nom, SIREN, SIRET, RNA, TVA ou EORI"
          value={text}
          error={wrong ?? problem ?? refusal}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={busy ? <Loader size={16} aria-label="Recherche en cours" /> : null}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isAnswered}>
        <Suggestions choices={choices} understood={understood?.ok === true ? understood.sentence : null} total={total} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Under a field without a place of its own, as in the top bar. */
const floatingError = { error: { position: 'absolute', zIndex: 5, padding: '4px 8px', background: 'var(--mantine-color-body)' } } as const;

interface SuggestionsProps {
  readonly choices: readonly Choice[];
  /** What was understood of a number; null for a name. */
  readonly understood: string | null;
  readonly total: number;
}

function Suggestions({ choices, understood, total }: SuggestionsProps): ReactNode {
  const isEmpty = choices.length === 0;
  return (
    <>
      {understood !== null && <Combobox.Header role="status"><Text size="xs" c="dimmed">{understood}</Text></Combobox.Header>}
      <Combobox.Options mah={340} style={{ overflowY: 'auto' }} aria-label="Entreprises trouvées">
        {choices.map(({ choice, details, ceased }, index) => (
          <Combobox.Option key={choice.identifier} value={String(index)}>
            <Text size="sm" fw={560}>{choice.name}{ceased && ' (cessée)'}</Text>
            <Text size="xs" c="dimmed">{details}</Text>
          </Combobox.Option>
        ))}
        {isEmpty && <Combobox.Empty>Aucune entreprise à ce nom : essayez un autre mot, ou le SIREN.</Combobox.Empty>}
        {understood === null && total !== 1 && (
          <Combobox.Option value={SEE_ALL}>
            <Text size="sm" fw={560}>{isEmpty ? 'Chercher autrement : lieu, activité, dirigeant…' : `Voir les ${total} résultats, filtrer…`}</Text>
          </Combobox.Option>
        )}
      </Combobox.Options>
    </>
  );
}

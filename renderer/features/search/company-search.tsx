import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { checkRecipient } from '../../../shared/domain/justification';
import type { CompanyChoice } from './company-choice';
import { type CompanyMatch, useCompanyMatches } from './use-company-matches';

interface Props {
  readonly label: string;
  readonly labelHidden?: boolean;
  /** SIRET of the dossier's recipient, which cannot be the company called. */
  readonly recipient?: string;
  readonly onChoose: (choice: CompanyChoice) => void;
}

const TYPING_MS = 300;

/** Name, SIREN or SIRET: checked while typing, results walked with the arrows, Enter chooses. */
export function CompanySearch({ label, labelHidden = false, recipient, onChoose }: Props): ReactNode {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const { reading, matches, total, problem, busy } = useCompanyMatches(text, settled);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const choices = choicesOf(reading, matches);
  const wrong = reading.kind === 'identifier' && !reading.checked.ok && settled === text ? reading.checked.message : null;
  const choose = (index: string): void => {
    const choice = choices[Number(index)]?.choice;
    if (!choice) return;
    onChoose(choice);
    setText('');
    combobox.closeDropdown();
  };
  const refusal = refusalOf(choices, recipient);
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" offset={4}>
      <Combobox.Target>
        <TextInput
          {...(labelHidden ? { 'aria-label': label } : { label })}
          type="search"
          placeholder="Nom, SIREN ou SIRET"
          value={text}
          error={wrong ?? problem ?? refusal}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={busy ? <Loader size={16} aria-label="Recherche en cours" /> : null}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          {...(labelHidden ? { styles: { error: { position: 'absolute', zIndex: 5, padding: '4px 8px', background: 'var(--mantine-color-body)' } } } : {})}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={refusal !== null || !hasAnswer(choices, matches, wrong ?? problem)}>
        <Combobox.Options mah={340} style={{ overflowY: 'auto' }} aria-label="Entreprises trouvées">
          {choices.map(({ choice, details, ceased }, index) => (
            <Combobox.Option key={choice.identifier} value={String(index)}>
              <Text size="sm" fw={560}>{choice.name}{ceased && ' (cessée)'}</Text>
              <Text size="xs" c="dimmed">{details}</Text>
            </Combobox.Option>
          ))}
          {choices.length === 0 && <Combobox.Empty>Aucune entreprise à ce nom : essayez un autre mot, ou le SIREN.</Combobox.Empty>}
          {total > choices.length && <Combobox.Footer><Text size="xs" c="dimmed">{total} résultats : précisez le nom pour voir les autres.</Text></Combobox.Footer>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Something to choose, or an answer that there is nothing. */
function hasAnswer(choices: readonly Choice[], matches: readonly CompanyMatch[] | null, problem: string | null): boolean {
  return choices.length > 0 || (matches !== null && problem === null);
}

interface Choice {
  readonly choice: CompanyChoice;
  readonly details: string;
  readonly ceased: boolean;
}

/** A right identifier can always be chosen, even when the directory is silent about it. */
function choicesOf(reading: ReturnType<typeof useCompanyMatches>['reading'], matches: readonly CompanyMatch[] | null): readonly Choice[] {
  const typed = reading.kind === 'identifier' && reading.checked.ok ? reading.checked.value : null;
  const found = (matches ?? []).map(({ siren, name, headOfficeSiret, address, isActive }) => ({
    choice: { identifier: siren, siret: typed?.siret ?? headOfficeSiret, name },
    details: [formatIdentifier(siren), address].filter(Boolean).join(' · '),
    ceased: !isActive,
  }));
  if (found.length > 0 || !typed || matches === null) return found;
  const name = formatIdentifier(typed.siret ?? typed.identifier);
  return [{ choice: { ...typed, name }, details: 'Absente de l’annuaire ouvert : consulter quand même', ceased: false }];
}

function refusalOf(choices: readonly Choice[], recipient: string | undefined): string | null {
  const only = choices.length === 1 ? choices[0]?.choice.identifier : undefined;
  if (recipient === undefined || only === undefined) return null;
  const checked = checkRecipient(recipient, only);
  return checked.ok ? null : checked.message;
}

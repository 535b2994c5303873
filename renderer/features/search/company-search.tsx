import { Combobox, Loader, TextInput, useCombobox, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';

import { currentDossierId, useNavigation } from '../../app/navigation';
import { choicesOf, refusalOf, understoodOf } from './choices';
import type { CompanyChoice } from './company-choice';
import { RecentChoices, SEE_ALL, Suggestions } from './company-suggestions';
import { openSearch } from './search-store';
import { useCompanyMatches } from './use-company-matches';
import { useRecentCompanies } from './use-recent-companies';

interface Props {
  readonly label: string;
  readonly labelHidden?: boolean;
  /** SIRET of the dossier's recipient, which cannot be the company called. */
  readonly recipient?: string;
  /** Offers the sheets that the agent opened last while nothing is typed. */
  readonly withRecent?: boolean;
  /** With Shift, several can be chosen in a row: the screen stays. */
  readonly onChoose: (choice: CompanyChoice, withShift: boolean) => void;
  readonly description?: string;
}

const TYPING_MS = 300;

/** Name or any number: checked while typing, results walked with the arrows, Enter chooses. */
export function CompanySearch({ label, labelHidden = false, recipient, withRecent = false, onChoose, description }: Props): ReactNode {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const { reading, matches, total, problem, busy } = useCompanyMatches(text, settled);
  const dossierId = currentDossierId(useNavigation((state) => state.screen));
  const { recent, refresh, openOption } = useRecentCompanies(withRecent, text);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const withShift = useRef(false);
  const choices = choicesOf(reading, matches);
  const understood = understoodOf(reading);
  const trouble = misreading(understood, settled === text) ?? problem ?? refusalOf(choices, recipient);
  const submit = (option: string): void => {
    const choice = choices[Number(option)]?.choice;
    if (option === SEE_ALL) openSearch(text, dossierId);
    else if (choice) onChoose(choice, withShift.current);
    else if (!openOption(option)) return;
    setText('');
    combobox.closeDropdown();
  };
  const type = (typed: string): void => {
    setText(typed);
    combobox.openDropdown();
    combobox.resetSelectedOption();
  };
  const focus = (): void => {
    refresh();
    combobox.openDropdown();
  };
  const isAnswered = matches !== null && trouble === null;
  return (
    <Combobox store={combobox} onOptionSubmit={submit} shadow="md" offset={4} portalProps={{ target: '#contenu' }}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...(labelHidden ? { 'aria-label': label, styles: floatingError } : { label, description })}
          type="search"
          placeholder="Nom, SIREN, SIRET, RNA, TVA ou EORI"
          value={text}
          error={trouble}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={busy ? <Loader size={16} aria-label="Recherche en cours" /> : null}
          onFocus={focus}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={({ shiftKey }) => (withShift.current = shiftKey)}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </Combobox.Target>
      <VisuallyHidden role="status">{isAnswered && text !== '' && understood === null ? suggestionsVoice(choices.length, total) : ''}</VisuallyHidden>
      <Combobox.Dropdown hidden={!isAnswered && recent.length === 0} onPointerDown={({ shiftKey }) => (withShift.current = shiftKey)}>
        {recent.length > 0 ? <RecentChoices companies={recent} /> : <Suggestions choices={choices} understood={understood?.ok === true ? understood.sentence : null} total={total} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The list under the field opens without a word of its own. */
function suggestionsVoice(shown: number, total: number): string {
  if (shown === 0) return 'Aucune suggestion.';
  const count = `${shown} suggestion${shown > 1 ? 's' : ''}`;
  return total > shown ? `${count} sur ${total.toLocaleString('fr-FR')}.` : `${count}.`;
}

/** What is wrong with a number, once the typing has come to rest. */
function misreading(understood: ReturnType<typeof understoodOf>, isSettled: boolean): string | null {
  return understood !== null && !understood.ok && isSettled ? understood.sentence : null;
}

/** Under a field without a place of its own, as in the top bar. */
const floatingError = { error: { position: 'absolute', zIndex: 5, padding: '4px 8px', background: 'var(--mantine-color-body)' } } as const;

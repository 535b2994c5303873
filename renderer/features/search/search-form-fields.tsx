import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { activitySections } from '../../../shared/domain/activity-sections';
import { readTypedSearch } from '../../../shared/domain/typed-search';
import { understoodOf } from './choices';
import { emptyForm, type Question, type SearchForm } from './search-form';
import { clearSearch, editForm } from './search-store';

const states = [
  { value: 'active', label: 'En activité' },
  { value: 'ceased', label: 'Cessées' },
] as const;
const kinds = [
  { value: 'association', label: 'Associations' },
  { value: 'sole_trader', label: 'Entrepreneurs individuels' },
] as const;
const sections = activitySections.map(({ letter, title }) => ({ value: letter, label: `${letter} — ${title}` }));

/** Words or a number, and the bounds. */
export function SearchFormFields({ form, question }: { readonly form: SearchForm; readonly question: Question }): ReactNode {
  const problems = question.kind === 'wrong' ? question.problems : {};
  const isEmpty = JSON.stringify(form) === JSON.stringify(emptyForm);
  return (
    <search className="card search-form">
      <TextInput
        className="search-text"
        label="Nom, adresse ou numéro"
        description={helpOf(form, question)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        descriptionProps={{ role: 'status' }}
        type="search"
        leftSection={<IconSearch size={17} aria-hidden />}
        value={form.text}
        maxLength={200}
        error={problems.text}
        data-search-stop
        onChange={(event) => editForm({ text: event.currentTarget.value })}
      />
      <TextField form={form} name="place" label="Code postal ou département" problem={problems.place} />
      <Select label="Secteur d’activité" placeholder="Tous" data={sections} searchable clearable clearButtonProps={{ 'aria-label': 'Ôter le secteur' }} value={form.section} nothingFoundMessage="Aucun secteur de ce nom" onChange={(section) => editForm({ section })} />
      <TextField form={form} name="activity" label="Code NAF" problem={problems.activity} placeholder="43.32A" />
      <Select label="État" placeholder="Tous" data={[...states]} clearable clearButtonProps={{ 'aria-label': 'Ôter l’état' }} value={form.state} onChange={(value) => editForm({ state: states.find((state) => state.value === value)?.value ?? null })} />
      <Select label="Nature" placeholder="Toutes" data={[...kinds]} clearable clearButtonProps={{ 'aria-label': 'Ôter la nature' }} value={form.kind} onChange={(value) => editForm({ kind: kinds.find((kind) => kind.value === value)?.value ?? null })} />
      <TextField form={form} name="directorName" label="Nom du dirigeant" problem={problems.directorName} />
      <TextField form={form} name="directorFirstName" label="Prénom du dirigeant" problem={problems.directorFirstName} />
      <Button variant="subtle" mt={24} justify="flex-end" leftSection={<IconX size={14} aria-hidden />} disabled={isEmpty} onClick={clearSearch}>Effacer les critères</Button>
    </search>
  );
}

/** What was understood of the text, or what may be typed. */
function helpOf(form: SearchForm, question: Question): string {
  const understood = understoodOf(readTypedSearch(form.text));
  const ignored = question.kind === 'right' && question.ignoresFilters ? ' Un numéro désigne une seule entreprise\u00a0: les autres critères ne comptent pas.' : '';
  if (understood?.ok === true) return understood.sentence + ignored;
  if (question.kind === 'none' && form.text.trim() !== '') return 'Saisissez au moins trois lettres.';
  return 'SIREN, SIRET, RNA, TVA et EORI sont reconnus, avec ou sans espaces.';
}

interface TextFieldProps {
  readonly form: SearchForm;
  readonly name: 'place' | 'activity' | 'directorName' | 'directorFirstName';
  readonly label: string;
  readonly problem: string | undefined;
  readonly placeholder?: string;
}

function TextField({ form, name, label, problem, placeholder }: TextFieldProps): ReactNode {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={form[name]}
      maxLength={100}
      error={problem}
      onChange={(event) => editForm({ [name]: event.currentTarget.value })}
    />
  );
}

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';

interface Props {
  readonly value: string | null;
  readonly onChange: (dossierId: string | null) => void;
}

const SHOWN = 50;

/** An open dossier, found by its title or its object. */
export function DossierSelect({ value, onChange }: Props): ReactNode {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, 200);
  const found = useLoaded(() => callMain('dossiers.list', { state: 'open', sort: 'recent', limit: SHOWN, offset: 0, ...(settled.trim() === '' ? {} : { text: settled.trim() }) }), settled).value?.dossiers ?? [];
  // The one that is chosen stays named, whatever is looked for.
  const chosen = useLoaded(() => (value === null ? Promise.resolve(null) : callMain('dossiers.get', { id: value })), value ?? '').value;
  const options = [...(chosen && !found.some(({ id }) => id === chosen.id) ? [chosen] : []), ...found];
  return (
    <Select
      label="Dossier"
      description="Son contexte, son destinataire et son objet accompagnent chaque appel, sauf l’objet des lignes qui en ont un."
      placeholder="Titre ou objet du dossier"
      searchable
      required
      nothingFoundMessage="Aucun dossier ouvert à ce nom"
      data={options.map(({ id, title, object }) => ({ value: id, label: object === title ? title : `${title} — ${object}` }))}
      filter={({ options: all }) => all}
      value={value}
      onChange={onChange}
      onSearchChange={(typed) => setText(options.some(({ title }) => typed.startsWith(title)) ? '' : typed)}
    />
  );
}

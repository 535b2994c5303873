import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../shared/domain/identifiers';
import { hasRight, type Role } from '../../shared/domain/rights';
import type { ChannelOutput } from '../../shared/ipc';
import { choicesOf, type CompanyChoice, useCompanyMatches, useCompanyOpening } from '../features/search';
import { callMain } from './bridge';
import { currentDossierId, navigate, useNavigation } from './navigation';
import { paletteField, paletteList, tellChoices } from './palette-voice';
import { menuFor } from './screens';

type Dossier = ChannelOutput<'dossiers.get'>;
type StoredDocument = ChannelOutput<'documents.list'>[number];

interface Reach {
  readonly dossiers: readonly Dossier[];
  readonly documents: readonly StoredDocument[];
}

/** Dossiers whose documents are listed: those worked on last. */
const RECENT_DOSSIERS = 20;

async function readReach(): Promise<Reach> {
  const { dossiers } = await callMain('dossiers.list', { sort: 'recent', limit: 500 });
  const recent = dossiers.slice(0, RECENT_DOSSIERS);
  const documents = await Promise.all(recent.map(({ id }) => callMain('documents.list', { dossierId: id })));
  return { dossiers, documents: documents.flat() };
}

const TYPING_MS = 300;
/** Companies of the open directory that the palette lists: beyond, the search screen is the place. */
const DIRECTORY_LINES = 6;

/** As it is drawn: what is typed right after Ctrl+K is for the palette, whose own way waits for the end of a turn. */
function takeFocus(field: HTMLInputElement | null): (() => void) | undefined {
  field?.focus();
  return field === null ? undefined : tellChoices(field);
}

/** Ctrl+K: every screen, dossier, company and document a few letters away, and the companies of the open directory. */
export function CommandPalette({ role }: { readonly role: Role }): ReactNode {
  const [{ dossiers, documents }, setReach] = useState<Reach>({ dossiers: [], documents: [] });
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query, TYPING_MS);
  const searched = hasRight(role, 'consult') ? query : '';
  const { reading, matches, busy } = useCompanyMatches(searched, searched === '' ? '' : settled);
  const { open, question } = useCompanyOpening(currentDossierId(useNavigation((state) => state.screen)));
  const directory = choicesOf(reading, matches).map(({ choice, details }) => ({ choice, details }));
  const read = (): void => {
    if (!hasRight(role, 'dossiers.read')) return;
    // Without the lists the palette still reaches the screens.
    readReach().then(setReach, () => undefined);
  };
  return (
    <>
      <Spotlight
        shortcut={['mod + K']}
        // From a field too.
        tagsToIgnore={[]}
        attributes={{ content: { 'aria-label': 'Aller à' } }}
        actions={[screenActions(role), dossierActions(dossiers), companyActions(dossiers), documentActions(dossiers, documents), directoryActions(directory, query, open)].map(asOptions)}
        scrollAreaProps={paletteList}
        nothingFound={busy ? 'Recherche dans l’annuaire…' : 'Rien à ce nom.'}
        highlightQuery
        scrollable
        limit={18}
        query={query}
        onQueryChange={setQuery}
        onSpotlightOpen={read}
        searchProps={{
          ...paletteField,
          ref: takeFocus,
          leftSection: <IconSearch size={18} aria-hidden />,
          placeholder: 'Écran, dossier, entreprise, document, SIREN…',
          'aria-label': 'Aller à un écran, un dossier, une entreprise ou un document',
        }}
      />
      {question}
    </>
  );
}

/** Lines of a list, to a screen reader, where the library makes buttons of them. */
function asOptions({ group, actions }: SpotlightActionGroupData): SpotlightActionGroupData {
  return { group, actions: actions.map((action) => ({ ...action, role: 'option' })) };
}

interface DirectoryLine {
  readonly choice: CompanyChoice;
  readonly details: string;
}

/** What the directory found answers the query already: the palette's own filter must not hide it. */
function directoryActions(lines: readonly DirectoryLine[], query: string, open: (choice: CompanyChoice) => void): SpotlightActionGroupData {
  return {
    group: 'Annuaire des entreprises',
    actions: lines.slice(0, DIRECTORY_LINES).map(({ choice, details }) => ({
      id: `directory-${choice.identifier}`,
      label: choice.name,
      description: details,
      keywords: [query.trim()],
      onClick: () => open(choice),
    })),
  };
}

function screenActions(role: Role): SpotlightActionGroupData {
  return {
    group: 'Écrans',
    actions: menuFor(role).map(({ screen, label }) => ({ id: `screen-${screen.name}`, label, onClick: () => navigate(screen) })),
  };
}

function dossierActions(dossiers: readonly Dossier[]): SpotlightActionGroupData {
  return {
    group: 'Dossiers',
    actions: dossiers.map(({ id, title, object }) => ({
      id: `dossier-${id}`,
      label: title,
      description: object,
      onClick: () => navigate({ name: 'dossier', dossierId: id }),
    })),
  };
}

function companyActions(dossiers: readonly Dossier[]): SpotlightActionGroupData {
  return {
    group: 'Entreprises',
    actions: dossiers.flatMap(({ id, title, companies }) =>
      companies.map(({ identifier, name }) => ({
        id: `company-${id}-${identifier}`,
        label: name,
        description: `${formatIdentifier(identifier)} · ${title}`,
        keywords: [identifier, formatIdentifier(identifier).replaceAll('\u00a0', ' ')],
        onClick: () => navigate({ name: 'company', dossierId: id, identifier }),
      })),
    ),
  };
}

function documentActions(dossiers: readonly Dossier[], documents: readonly StoredDocument[]): SpotlightActionGroupData {
  const titles = new Map(dossiers.map(({ id, title }) => [id, title]));
  const names = new Map(dossiers.flatMap(({ companies }) => companies.map(({ identifier, name }) => [identifier, name] as const)));
  return {
    group: 'Documents',
    actions: documents.map(({ id, dossierId, identifier, label, fileName }) => ({
      id: `document-${id}`,
      label,
      description: [names.get(identifier), titles.get(dossierId)].filter(Boolean).join(' · '),
      keywords: [identifier, fileName],
      onClick: () => navigate({ name: 'documents', dossierId }),
    })),
  };
}

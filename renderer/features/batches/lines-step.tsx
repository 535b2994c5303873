import { Alert, Button, Group, NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { type AsideLine, type BatchLine, IMPORT_ROLES, type ImportPreview, type ImportRole } from '../../../shared/domain/batch';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { ChannelInput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { showDone, showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { AsideDialog } from './aside-dialog';
import { counted, numberText, roleLabels } from './batch-text';
import { change } from './new-batch-store';
import { usePages } from './use-pages';
import { VirtualTable } from './virtual-table';

const PAGE_ROWS = 200;

/** What was understood of the list: columns, usable lines, lines kept aside. */
export function LinesStep({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const { busy, problem, run } = useAction();
  const again = (options: Omit<ChannelInput<'batches.import'>, 'source'>): void =>
    run(async () => {
      const read = await callMain('batches.import', { source: { kind: 'again', importId: preview.importId }, ...options });
      if (read) change({ preview: read });
    });
  return (
    <Stack gap="md">
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      <Counts preview={preview} />
      <Columns preview={preview} busy={busy} onRead={again} />
      <LineTabs preview={preview} />
      <Group justify="space-between">
        <Button variant="default" onClick={() => change({ step: 0 })}>Autre liste</Button>
        <Button disabled={preview.lineCount === 0 || busy} onClick={() => change({ step: 2 })}>Continuer avec {counted(preview.lineCount, 'ligne')}</Button>
      </Group>
    </Stack>
  );
}

function Counts({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const { lineCount, asideCount, duplicateCount, restoredZeros } = preview;
  const facts = [
    ['Lignes utilisables', lineCount],
    ['Mises de côté', asideCount],
    ['dont doublons', duplicateCount],
    ['Zéros de tête rétablis', restoredZeros],
  ] as const;
  return (
    <section className="card panel" aria-label="Bilan de la lecture" aria-live="polite">
      <dl className="batch-counts">
        {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{numberText(value)}</dd></div>)}
      </dl>
      {restoredZeros > 0 && <Text size="sm" mt="sm">Le tableur avait mangé des zéros en tête de numéro : ils sont rétablis, et chaque ligne concernée le dit.</Text>}
    </section>
  );
}

interface ColumnsProps {
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly onRead: (options: Omit<ChannelInput<'batches.import'>, 'source'>) => void;
}

function Columns({ preview: { columns, sheets }, busy, onRead }: ColumnsProps): ReactNode {
  const roles = columns.map(({ role }) => role);
  const sheet = sheets[0];
  const setRole = (index: number, value: string): void => {
    const role = IMPORT_ROLES.find((one) => one === value) ?? 'ignored';
    // A role is read in one column only.
    const next = roles.map((one, at): ImportRole => (at === index ? role : one === role ? 'ignored' : one));
    onRead({ roles: next, ...(sheet === undefined ? {} : { sheet }) });
  };
  return (
    <SectionCard
      title="Colonnes"
      actions={sheets.length > 1 && <NativeSelect aria-label="Feuille du classeur" size="xs" data={[...sheets]} value={sheet} disabled={busy} onChange={(event) => onRead({ sheet: event.currentTarget.value })} />}
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reachable from the keyboard */}
      <div className="batch-columns" role="region" aria-label="Colonnes de la liste" tabIndex={0}>
        {columns.map(({ header, role, samples }, index) => (
          <div key={index}>
            <NativeSelect
              label={header}
              size="xs"
              disabled={busy}
              data={IMPORT_ROLES.map((value) => ({ value, label: roleLabels[value] }))}
              value={role}
              onChange={(event) => setRole(index, event.currentTarget.value)}
            />
            <Text size="xs" c="dimmed" mt={4} className="ellipsis">{samples.join(' · ') || 'colonne vide'}</Text>
          </div>
        ))}
      </div>
    </SectionCard>
  );
}

function LineTabs({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const { lineCount, asideCount } = preview;
  return (
    <Tabs defaultValue={lineCount === 0 && asideCount > 0 ? 'aside' : 'lines'} keepMounted={false}>
      <Tabs.List mb="sm" aria-label="Lignes de la liste">
        <Tabs.Tab value="lines">Lignes utilisables ({numberText(lineCount)})</Tabs.Tab>
        <Tabs.Tab value="aside">Mises de côté ({numberText(asideCount)})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="lines"><UsableLines preview={preview} /></Tabs.Panel>
      <Tabs.Panel value="aside"><AsideLines preview={preview} /></Tabs.Panel>
    </Tabs>
  );
}

function UsableLines({ preview: { importId, lineCount } }: { readonly preview: ImportPreview }): ReactNode {
  const pages = usePages<BatchLine>(async (offset) => ({ rows: await callMain('batches.importLines', { importId, offset, limit: PAGE_ROWS }) }), PAGE_ROWS, `${importId}/${lineCount}`, lineCount);
  return (
    <VirtualTable
      label="Lignes utilisables"
      pages={pages}
      height={400}
      minWidth={900}
      columns="64px 180px minmax(160px, 1fr) minmax(120px, 0.7fr) minmax(200px, 1.2fr)"
      headings={['Ligne', 'Identifiant', 'Nom', 'Objet', 'Remarque']}
      cells={({ number, siren, siret, rna, name, object, note }) => [numberText(number), formatIdentifier(siret ?? siren ?? rna ?? ''), name, object, <span key="note" title={note ?? ''}>{note}</span>]}
    />
  );
}

function AsideLines({ preview: { importId, asideCount } }: { readonly preview: ImportPreview }): ReactNode {
  const [mended, setMended] = useState<AsideLine | null>(null);
  const pages = usePages<AsideLine>(async (offset) => ({ rows: await callMain('batches.importAside', { importId, offset, limit: PAGE_ROWS }) }), PAGE_ROWS, `${importId}/${asideCount}`, asideCount);
  const save = async (): Promise<void> => {
    try {
      const made = await callMain('batches.exportAside', { source: { kind: 'import', importId } });
      if (made) showDone('Lignes enregistrées', made.path);
    } catch (error) {
      showFailure(error);
    }
  };
  if (asideCount === 0) return <Text c="dimmed">Toutes les lignes sont utilisables.</Text>;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">Ces lignes ne seront pas appelées. Corrigez-les ici, ou enregistrez-les pour les reprendre dans le fichier.</Text>
        <Button variant="default" size="xs" onClick={() => void save()}>Enregistrer ces lignes (CSV)</Button>
      </Group>
      <VirtualTable
        label="Lignes mises de côté"
        pages={pages}
        height={400}
        minWidth={900}
        columns="64px minmax(180px, 1fr) minmax(260px, 1.8fr) 96px"
        headings={['Ligne', 'Contenu', 'Motif', 'Action']}
        cells={(line) => [
          numberText(line.number),
          line.text,
          <span key="reason" title={line.reason}>{line.reason}</span>,
          <Button key="mend" size="compact-xs" variant="default" onClick={() => setMended(line)} aria-label={`Corriger la ligne ${line.number}`}>Corriger</Button>,
        ]}
      />
      {mended !== null && <AsideDialog importId={importId} line={mended} onClose={() => setMended(null)} onMended={(next) => change({ preview: next })} />}
    </Stack>
  );
}

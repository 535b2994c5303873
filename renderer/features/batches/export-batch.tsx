import { Button, Checkbox, Group, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { Batch } from '../../../shared/domain/batch';
import type { BatchExportFormat, BatchField } from '../../../shared/ipc/batch-outputs';
import { callMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { ExportMenu } from '../../components/export-menu';
import { tracedFile, useExport } from '../../components/use-export';
import { useLoaded } from '../../components/use-loaded';
import { endpointTitle } from './batch-text';

type TableFormat = Extract<BatchExportFormat, 'xlsx' | 'csv'>;

const formats: readonly { readonly format: BatchExportFormat; readonly label: string; readonly description: string }[] = [
  { format: 'xlsx', label: 'Classeur Excel', description: 'Les champs choisis, avec la source et la date de chacun' },
  { format: 'csv', label: 'Tableau CSV', description: 'Le même tableau, pour un autre logiciel' },
  { format: 'zip', label: 'Documents (ZIP)', description: 'Un dossier par entreprise, empreintes comprises' },
  { format: 'pdf', label: 'Synthèse (PDF)', description: 'Ce qui a été demandé, obtenu, manqué, et pourquoi' },
];

/** Takes the results out; the journal keeps the digest of what left. */
export function ExportBatch({ batch }: { readonly batch: Batch }): ReactNode {
  const [choosing, setChoosing] = useState<TableFormat | null>(null);
  const exporting = useExport({ progress: 'batches.exportProgress', cancel: 'batches.cancelExport' });
  const write = (format: BatchExportFormat, fields: readonly BatchField[]): void => {
    setChoosing(null);
    exporting.start(async (exportId) => {
      const made = await callMain('batches.export', { exportId, id: batch.id, format, fields: [...fields] });
      return made && { title: 'Lot exporté', message: tracedFile(made) };
    });
  };
  return (
    <>
      <ExportMenu
        formats={formats}
        icon={<IconPackageExport size={17} aria-hidden />}
        exporting={exporting}
        progressLabel="Avancement de l’export du lot"
        onChosen={(format) => (format === 'xlsx' || format === 'csv' ? setChoosing(format) : write(format, []))}
      />
      {choosing !== null && <FieldsDialog batch={batch} onClose={() => setChoosing(null)} onChosen={(fields) => write(choosing, fields)} />}
    </>
  );
}

interface FieldsProps {
  readonly batch: Batch;
  readonly onClose: () => void;
  readonly onChosen: (fields: readonly BatchField[]) => void;
}

function FieldsDialog({ batch: { id, choice }, onClose, onChosen }: FieldsProps): ReactNode {
  const { value: offered, problem } = useLoaded(() => callMain('batches.fields', { id }), id);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const keyOf = ({ endpointId, label }: BatchField): string => `${endpointId}/${label}`;
  const toggle = (keys: readonly string[], isKept: boolean): void => setLeft((before) => new Set(isKept ? [...before].filter((key) => !keys.includes(key)) : [...before, ...keys]));
  return (
    <Dialog opened onClose={onClose} title="Champs du tableau" size="lg">
      <Stack gap="md">
        {problem !== null && <Text c="var(--mantine-color-error)" role="alert">{problem}</Text>}
        {offered === null && problem === null && <Skeleton h={200} aria-label="Lecture des champs" />}
        {offered?.length === 0 && <Text size="sm">Aucune réponse n’est encore là : le tableau donnera l’état de chaque appel.</Text>}
        <ScrollArea.Autosize mah={380} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Champs offerts' }}>
          {choice.endpointIds.map((endpointId) => {
            const own = offered?.filter((field) => field.endpointId === endpointId) ?? [];
            if (own.length === 0) return null;
            const keys = own.map(keyOf);
            const kept = keys.filter((key) => !left.has(key)).length;
            return (
              <fieldset key={endpointId} aria-label={endpointTitle(endpointId)} style={{ border: 0, margin: '0 0 14px', padding: 0 }}>
                <Checkbox fw={560} mb={6} label={endpointTitle(endpointId)} aria-label={`${endpointTitle(endpointId)}\u00a0: tous les champs`} checked={kept === keys.length} indeterminate={kept > 0 && kept < keys.length} onChange={(event) => toggle(keys, event.currentTarget.checked)} />
                <div className="batch-choices" style={{ paddingLeft: 28 }}>
                  {own.map((field) => <Checkbox key={keyOf(field)} size="xs" label={field.label} checked={!left.has(keyOf(field))} onChange={(event) => toggle([keyOf(field)], event.currentTarget.checked)} />)}
                </div>
              </fieldset>
            );
          })}
        </ScrollArea.Autosize>
        <Text size="xs" c="dimmed">L’état, la source et la date de chaque donnée accompagnent toujours ses champs.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Annuler</Button>
          <Button disabled={offered === null} onClick={() => onChosen((offered ?? []).filter((field) => !left.has(keyOf(field))))}>Exporter</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

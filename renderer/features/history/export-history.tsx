import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { ExportFormat } from '../../../shared/domain/journal';
import { callMain } from '../../app/bridge';
import { countText, ExportMenu } from '../../components/export-menu';
import { useExport } from '../../components/use-export';
import type { JournalFilter } from './journal-text';

const formats: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV (tableur)' },
  { format: 'xlsx', label: 'XLSX (Excel)' },
  { format: 'jsonl', label: 'JSON Lines (vérifiable)' },
  { format: 'pdf', label: 'PDF' },
];

/** Takes out the lines that the current filter keeps. */
export function ExportHistory({ filter }: { readonly filter: JournalFilter }): ReactNode {
  const exporting = useExport({ progress: 'journal.exportProgress', cancel: 'journal.cancelExport' });
  const write = (format: ExportFormat): void =>
    exporting.start(async (exportId) => {
      const made = await callMain('journal.export', { exportId, filter, format });
      return made && { title: 'Historique exporté', message: `${made.lineCount.toLocaleString('fr-FR')} lignes dans ${made.path}` };
    });
  return (
    <ExportMenu
      formats={formats}
      icon={<IconDownload size={17} aria-hidden />}
      exporting={exporting}
      progressLabel="Avancement de l’export"
      progressText={countText}
      onChosen={write}
    />
  );
}

import { Button, Group, Menu, Progress, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import type { ExportFormat } from '../../../shared/domain/journal';
import { callMain, onMain } from '../../app/bridge';
import { showDone, showFailure } from '../../components/toasts';
import type { JournalFilter } from './journal-text';

const formats: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV (tableur)' },
  { format: 'xlsx', label: 'XLSX (Excel)' },
  { format: 'jsonl', label: 'JSON Lines (vérifiable)' },
  { format: 'pdf', label: 'PDF' },
];

interface Running {
  readonly exportId: string;
  readonly written: number;
  readonly total: number;
}

/** Exports the current filter, with progress and cancel. */
export function ExportMenu({ filter }: { readonly filter: JournalFilter }): ReactNode {
  const [running, setRunning] = useState<Running | null>(null);
  useEffect(
    () => onMain('journal.exportProgress', (progress) => setRunning((before) => (before?.exportId === progress.exportId ? progress : before))),
    [],
  );
  const start = async (format: ExportFormat): Promise<void> => {
    const exportId = crypto.randomUUID();
    setRunning({ exportId, written: 0, total: 0 });
    try {
      const made = await callMain('journal.export', { exportId, filter, format });
      if (made) showDone('Historique exporté', `${made.lineCount.toLocaleString('fr-FR')} lignes dans ${made.path}`);
    } catch (error) {
      showFailure(error);
    } finally {
      setRunning(null);
    }
  };
  if (running) return <ExportProgress running={running} />;
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" leftSection={<IconDownload size={17} aria-hidden />}>Exporter</Button></Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label }) => <Menu.Item key={format} onClick={() => void start(format)}>{label}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportProgress({ running: { exportId, written, total } }: { readonly running: Running }): ReactNode {
  return (
    <Group gap="sm" role="status">
      <Text size="sm">Export en cours{total > 0 && ` : ${written.toLocaleString('fr-FR')} sur ${total.toLocaleString('fr-FR')}`}</Text>
      <Progress w={120} value={total > 0 ? (written / total) * 100 : 0} aria-label="Avancement de l’export" />
      <Button variant="default" size="xs" onClick={() => void callMain('journal.cancelExport', { exportId }).catch(showFailure)}>Annuler</Button>
    </Group>
  );
}

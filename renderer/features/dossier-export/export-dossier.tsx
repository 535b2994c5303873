import { Button, Group, Menu, Progress, Text } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import type { DossierExportFormat } from '../../../shared/ipc/dossier-export';
import { callMain, onMain } from '../../app/bridge';
import { showDone, showFailure } from '../../components/toasts';

const formats: readonly { readonly format: DossierExportFormat; readonly label: string; readonly description: string }[] = [
  { format: 'zip', label: 'Archive ZIP', description: 'Tous les documents, un dossier par entreprise, récapitulatif et empreintes' },
  { format: 'xlsx', label: 'Grille Excel', description: 'Pièces, états, dates et sources' },
  { format: 'json', label: 'Données JSON', description: 'Les réponses et leur provenance, pour un autre logiciel' },
];

interface Running {
  readonly exportId: string;
  readonly written: number;
  readonly total: number;
}

/** Takes the dossier out, with progress and cancel; the journal keeps the digest of what left. */
export function ExportDossier({ dossierId }: { readonly dossierId: string }): ReactNode {
  const [running, setRunning] = useState<Running | null>(null);
  useEffect(
    () => onMain('dossiers.exportProgress', (progress) => setRunning((before) => (before?.exportId === progress.exportId ? progress : before))),
    [],
  );
  const start = async (format: DossierExportFormat): Promise<void> => {
    const exportId = crypto.randomUUID();
    setRunning({ exportId, written: 0, total: 0 });
    try {
      const made = await callMain('dossiers.export', { exportId, dossierId, format });
      if (made) showDone('Dossier exporté', `${made.path} — empreinte ${made.sha256.slice(0, 12)}…, inscrite dans l’historique.`);
    } catch (error) {
      showFailure(error);
    } finally {
      setRunning(null);
    }
  };
  if (running) return <ExportProgress running={running} />;
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target><Button variant="default" leftSection={<IconPackageExport size={17} aria-hidden />}>Exporter</Button></Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label, description }) => (
          <Menu.Item key={format} onClick={() => void start(format)}>
            <Text size="sm" fw={520}>{label}</Text>
            <Text size="xs" c="dimmed">{description}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportProgress({ running: { exportId, written, total } }: { readonly running: Running }): ReactNode {
  const percent = total > 0 ? Math.floor((100 * written) / total) : 0;
  return (
    <Group gap="sm" role="status">
      <Text size="sm">Export en cours{total > 0 && ` : ${percent} %`}</Text>
      <Progress w={120} value={percent} aria-label="Avancement de l’export du dossier" />
      <Button variant="default" size="xs" onClick={() => void callMain('dossiers.cancelExport', { exportId }).catch(showFailure)}>Annuler</Button>
    </Group>
  );
}

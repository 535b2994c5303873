import { IconPackageExport } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { DossierExportFormat } from '../../../shared/ipc/dossier-export';
import { callMain } from '../../app/bridge';
import { ExportMenu } from '../../components/export-menu';
import { tracedFile, useExport } from '../../components/use-export';

const formats: readonly { readonly format: DossierExportFormat; readonly label: string; readonly description: string }[] = [
  { format: 'zip', label: 'Archive ZIP', description: 'Tous les documents, un dossier par entreprise, récapitulatif et empreintes' },
  { format: 'xlsx', label: 'Grille Excel', description: 'Pièces, états, dates et sources' },
  { format: 'json', label: 'Données JSON', description: 'Les réponses et leur provenance, pour un autre logiciel' },
];

/** Takes the dossier out; the journal keeps the digest of what left. */
export function ExportDossier({ dossierId }: { readonly dossierId: string }): ReactNode {
  const exporting = useExport({ progress: 'dossiers.exportProgress', cancel: 'dossiers.cancelExport' });
  const write = (format: DossierExportFormat): void =>
    exporting.start(async (exportId) => {
      const made = await callMain('dossiers.export', { exportId, dossierId, format });
      return made && { title: 'Dossier exporté', message: tracedFile(made) };
    });
  return <ExportMenu formats={formats} icon={<IconPackageExport size={17} aria-hidden />} exporting={exporting} progressLabel="Avancement de l’export du dossier" onChosen={write} />;
}

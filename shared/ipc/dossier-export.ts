import { z } from 'zod';

import { channel, done } from './define';
import { idSchema } from './schemas';

const DOSSIER_EXPORT_FORMATS = ['zip', 'xlsx', 'json'] as const;
export type DossierExportFormat = (typeof DOSSIER_EXPORT_FORMATS)[number];

export const dossierExportChannels = {
  /** Null when the dialog was closed or the export cancelled. Progress comes as `dossiers.exportProgress`. */
  'dossiers.export': channel(
    'documents.read',
    z.object({ exportId: idSchema, dossierId: idSchema, format: z.enum(DOSSIER_EXPORT_FORMATS) }),
    z.object({ path: z.string(), sha256: z.string(), fileCount: z.number().int() }).nullable(),
  ),
  'dossiers.cancelExport': channel('documents.read', z.object({ exportId: idSchema }), done),
} as const;

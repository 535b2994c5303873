import { z } from 'zod';

import { channel, done } from './define';
import { idSchema, identifierSchema } from './schemas';

const sheetSchema = z.object({ dossierId: idSchema, identifier: identifierSchema });

export const sheetChannels = {
  /** Prints what the window's print view shows. Null when the agent closed the dialog. */
  'sheet.print': channel('documents.read', sheetSchema, z.object({ path: z.string() }).nullable()),
  /** Data of the sheet went to the clipboard; `isPartiallyDiffused`: the copy bears the mark. */
  'data.copied': channel('dossiers.read', sheetSchema.extend({ isPartiallyDiffused: z.boolean(), length: z.number().int().min(0) }), done),
} as const;

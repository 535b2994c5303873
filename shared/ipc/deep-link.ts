import { z } from 'zod';

import { channel, nothing } from './define';
import { idSchema } from './schemas';

const deepLinkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['siren', 'siret']), identifier: z.string().regex(/^\d{9}(\d{5})?$/) }),
  z.object({ kind: z.literal('dossier'), dossierId: idSchema }),
]);

export const deepLinkChannels = {
  /** The last link that another program sent, once; null when there is none. */
  'deepLink.take': channel('signed-in', nothing, deepLinkSchema.nullable()),
} as const;

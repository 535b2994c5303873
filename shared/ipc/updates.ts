import { z } from 'zod';

import { channel, done, nothing } from './define';
import { sentenceSchema } from './schemas';

const foundSchema = z.object({
  version: z.string(),
  publishedAt: z.string(),
  notes: z.array(sentenceSchema).readonly(),
  fileName: z.string(),
  byteLength: z.number(),
  minimumSystem: z.string().nullable(),
});

export const updateProgressSchema = z.object({ receivedBytes: z.number(), totalBytes: z.number() });

export const updateChannels = {
  /** `off`: the organisation forbids it; `no_address`: it gave none; `no_key`: this build is nobody's release. */
  'updates.state': channel('settings.manage', nothing, z.object({ currentVersion: z.string(), source: z.enum(['ready', 'off', 'no_address', 'no_key']) })),
  /** Null: this version is the last one. */
  'updates.check': channel('settings.manage', nothing, foundSchema.nullable()),
  /** Saves the installer that `updates.check` found; null when the dialog was closed. */
  'updates.download': channel('settings.manage', nothing, z.object({ path: z.string() }).nullable()),
  'updates.cancel': channel('settings.manage', nothing, done),
} as const;

import { z } from 'zod';

import { channel, done, nothing } from './define';

/** What is typed before a workstation is erased. */
export const ERASURE_WORD = 'EFFACER';

/** Under which `journal.exportProgress` tells of the last copy. */
export const ERASURE_EXPORT_ID = 'erasure';

const sealedHeadSchema = z.object({
  seq: z.number().int(),
  hash: z.string(),
  at: z.string(),
  /** Ed25519 signature of the three above by the workstation's key, base64. */
  signature: z.string(),
  publicKeyPem: z.string(),
});

export const erasureChannels = {
  /** What would go, and the sealed head of the history: the only proof of what it was once it is gone. */
  'erasure.prepare': channel(
    'settings.manage',
    nothing,
    z.object({ head: sealedHeadSchema, retentionMonths: z.number().int(), dossierCount: z.number().int(), documentCount: z.number().int(), answerCount: z.number().int() }),
  ),
  /** Every line of the history in JSON Lines, which is verified offline; the last says that the workstation is about to be erased. Null when the dialog was closed or the copy stopped. */
  'erasure.saveJournal': channel('settings.manage', nothing, z.object({ path: z.string(), sha256: z.string(), head: sealedHeadSchema }).nullable()),
  /** Stops the copy under way: its file is not kept. */
  'erasure.cancelSave': channel('settings.manage', nothing, done),
  /** Closes the application; the next start, at once, erases everything and opens on the first account. */
  'erasure.run': channel('settings.manage', z.object({ word: z.literal(ERASURE_WORD), isJournalGivenUp: z.boolean() }), done),
} as const;

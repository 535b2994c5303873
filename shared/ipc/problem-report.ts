import { z } from 'zod';

import { channel, done } from './define';
import { idSchema } from './schemas';

export const LONGEST_WORDS = 2_000;

export const problemReportChannels = {
  /** Gathers what support needs, without what tells of companies or people; the whole text is shown before anything else. */
  'problem.prepare': channel('diagnostics.read', z.object({ words: z.string().max(LONGEST_WORDS) }), z.object({ reportId: idSchema, text: z.string() })),
  /** Saves the text of `problem.prepare`, as it was shown. Null when the agent closed the dialog. */
  'problem.save': channel('diagnostics.read', z.object({ reportId: idSchema }), z.object({ path: z.string() }).nullable()),
  /** A screen could not be drawn: told to the technical log. */
  'problem.screenFailed': channel('signed-in', z.object({ screen: z.string().max(40), error: z.string().max(4_000) }), done),
} as const;

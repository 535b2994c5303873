import { z } from 'zod';

import { channel, done } from './define';
import { idSchema, sentenceSchema } from './schemas';

/** A call that the service asked to make again much later (`meta.retry_in` of hours or days). */
const reminderSchema = z.object({
  id: z.string(),
  dossierId: z.string(),
  dossierTitle: z.string(),
  /** What is called, and the company of the dossier that it belongs to. */
  identifier: z.string(),
  companyIdentifier: z.string(),
  companyName: z.string(),
  endpointId: z.string(),
  endpointTitle: z.string(),
  /** ISO 8601 UTC. */
  dueAt: z.string(),
  reason: sentenceSchema,
});

export const reminderChannels = {
  /** Of one dossier, or of every open dossier that the agent may see; soonest first. */
  'reminders.list': channel('dossiers.read', z.object({ dossierId: idSchema.optional() }), z.array(reminderSchema).readonly()),
  'reminders.dismiss': channel('dossiers.write', z.object({ id: idSchema }), done),
  /** Takes back the dismissal of one, as long as the application runs. */
  'reminders.restore': channel('dossiers.write', z.object({ id: idSchema }), done),
} as const;

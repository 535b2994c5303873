import { z } from 'zod';

import { agentChannels } from './ipc/agents';
import { batchOutputChannels, batchOutputEvents } from './ipc/batch-outputs';
import { batchChannels, batchEvents } from './ipc/batches';
import { completenessChannels } from './ipc/completeness';
import { consultationChannels, consultationStateSchema } from './ipc/consultation';
import { dataKeyChannels, rotationProgressSchema } from './ipc/data-key';
import { deepLinkChannels } from './ipc/deep-link';
import type { IpcResult } from './ipc/define';
import { diagnosticsChannels } from './ipc/diagnostics';
import { documentChannels } from './ipc/documents';
import { dossierExportChannels } from './ipc/dossier-export';
import { dossierChannels } from './ipc/dossiers';
import { erasureChannels } from './ipc/erasure';
import { habilitationChannels } from './ipc/habilitations';
import { journalChannels } from './ipc/journal';
import { linkChannels } from './ipc/links';
import { networkChannels } from './ipc/network';
import { pieceChannels } from './ipc/pieces';
import { quotaChannels, quotaSnapshotSchema } from './ipc/quota';
import { problemReportChannels } from './ipc/problem-report';
import { reminderChannels } from './ipc/reminders';
import { retentionChannels } from './ipc/retention';
import { idSchema } from './ipc/schemas';
import { searchChannels } from './ipc/search';
import { sessionChannels } from './ipc/session';
import { settingsChannels } from './ipc/settings';
import { sheetChannels } from './ipc/sheet';
import { sessionSchema } from './ipc/start';
import { updateChannels, updateProgressSchema } from './ipc/updates';

/**
 * The one contract between screen and main. Types, names, access and validation of every call
 * derive from it; main refuses what is not in it.
 */
export const channels = {
  ...sessionChannels,
  ...agentChannels,
  ...settingsChannels,
  ...networkChannels,
  ...diagnosticsChannels,
  ...habilitationChannels,
  ...dossierChannels,
  ...completenessChannels,
  ...dossierExportChannels,
  ...retentionChannels,
  ...searchChannels,
  ...consultationChannels,
  ...documentChannels,
  ...pieceChannels,
  ...sheetChannels,
  ...journalChannels,
  ...quotaChannels,
  ...reminderChannels,
  ...linkChannels,
  ...dataKeyChannels,
  ...problemReportChannels,
  ...deepLinkChannels,
  ...updateChannels,
  ...erasureChannels,
  ...batchChannels,
  ...batchOutputChannels,
} as const;

export type Channels = typeof channels;
export type ChannelName = keyof Channels;
/** What a caller passes (before defaults are filled in). */
export type ChannelInput<C extends ChannelName> = z.input<Channels[C]['input']>;
/** What a handler receives (after validation). */
export type ChannelParsedInput<C extends ChannelName> = z.output<Channels[C]['input']>;
export type ChannelOutput<C extends ChannelName> = z.output<Channels[C]['output']>;

/** What main pushes to the screen. */
export const events = {
  'consultation.progress': z.object({ consultationId: z.string(), state: consultationStateSchema }),
  'documents.progress': z.object({
    downloadId: z.string(),
    step: z.enum(['queued', 'running', 'renewing']),
    receivedBytes: z.number(),
    totalBytes: z.number().nullable(),
  }),
  'dataKey.progress': rotationProgressSchema,
  /** Bytes of the documents that an archive of a dossier takes in. */
  'dossiers.exportProgress': z.object({ exportId: z.string(), written: z.number(), total: z.number() }),
  'journal.exportProgress': z.object({ exportId: z.string(), written: z.number(), total: z.number() }),
  /** A token has changed state: pasted, stopped, refused or over. What it has become is read with `habilitations.list`. */
  'habilitations.changed': z.object({ habilitationId: idSchema }),
  /** Another program sent a link: read it with `deepLink.take`. */
  'deepLink.arrived': z.null(),
  /** What `session.start` tells of the workstation has changed. */
  'notices.changed': z.null(),
  'updates.progress': updateProgressSchema,
  'quota.changed': quotaSnapshotSchema,
  ...batchEvents,
  ...batchOutputEvents,
  'session.changed': z.object({
    session: z.nullable(sessionSchema),
    reason: z.enum(['signed-in', 'signed-out', 'locked', 'suspended', 'expired']),
  }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

/** What the preload exposes on `window.instruire`: it passes messages on, nothing else. */
export interface InstruireBridge {
  call(channel: string, input: unknown): Promise<IpcResult>;
  on(event: string, listener: (payload: unknown) => void): () => void;
}

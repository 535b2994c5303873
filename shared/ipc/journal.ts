import { z } from 'zod';

import { BREAK_KINDS, EXPORT_FORMATS, JOURNAL_EVENTS } from '../domain/journal';
import { channel, done, nothing } from './define';
import { idSchema, instantSchema, lineSchema, sentenceSchema } from './schemas';

const journalOutcomeSchema = z.enum(['success', 'failure', 'refused', 'interrupted', 'pending']);

const journalLineSchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  event: z.enum(JOURNAL_EVENTS),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  workstation: z.string(),
  dossierId: z.string().nullable(),
  dossierTitle: z.string().nullable(),
  habilitationId: z.string().nullable(),
  environment: z.string().nullable(),
  endpointId: z.string().nullable(),
  provider: z.string().nullable(),
  identifier: z.string().nullable(),
  companyName: z.string().nullable(),
  context: z.string().nullable(),
  recipient: z.string().nullable(),
  object: z.string().nullable(),
  outcome: journalOutcomeSchema,
  httpStatus: z.number().nullable(),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
  durationMs: z.number().nullable(),
  bodySha256: z.string().nullable(),
  documentSha256: z.string().nullable(),
  detail: sentenceSchema.nullable(),
  hash: z.string(),
  outcomeSeq: z.number().int().nullable(),
});

const journalFilterSchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  agentId: idSchema.optional(),
  dossierId: idSchema.optional(),
  identifier: z.string().max(20).optional(),
  endpointId: z.string().max(100).optional(),
  provider: z.string().max(100).optional(),
  outcome: journalOutcomeSchema.optional(),
  habilitationId: idSchema.optional(),
  text: lineSchema.optional(),
  requestIds: z.array(z.string().max(100)).max(5_000).optional(),
  kind: z.enum(['calls', 'all']).optional(),
});

const exportFormatSchema = z.enum(EXPORT_FORMATS);

const verificationReportSchema = z.object({
  ok: z.boolean(),
  fromSeq: z.number().int(),
  toSeq: z.number().int(),
  rowCount: z.number().int(),
  break: z.object({ kind: z.enum(BREAK_KINDS), seq: z.number().int() }).nullable(),
  headHash: z.string().nullable(),
  sealCount: z.number().int(),
  lastSealedSeq: z.number().int().nullable(),
  lastSealedAt: z.string().nullable(),
  anchorCount: z.number().int(),
  publicKey: z.string(),
});

const statisticsRowSchema = z.object({
  day: z.string(),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  provider: z.string().nullable(),
  endpointId: z.string().nullable(),
  habilitationId: z.string().nullable(),
  outcome: journalOutcomeSchema,
  count: z.number().int(),
});

const purgeSummarySchema = z.object({ months: z.number().int(), lineCount: z.number().int(), throughSeq: z.number().int(), before: z.number().int() });

const refusalReasonSchema = z.object({
  outcome: z.enum(['refused', 'failure']),
  provider: z.string().nullable(),
  httpStatus: z.number().nullable(),
  code: z.string().nullable(),
  detail: sentenceSchema.nullable(),
  count: z.number().int(),
});

const quotaUseSchema = z.object({
  habilitationId: z.string().nullable(),
  pool: z.string(),
  callCount: z.number().int(),
  busiestMinuteCalls: z.number().int(),
  busiestMinuteAt: z.string(),
});

/** A token among these lines; its title is null when this workstation no longer knows it. */
const titledHabilitationSchema = z.object({ id: z.string(), title: z.string().nullable() });

const journalStatusSchema = z.object({
  retentionMonths: z.number().int(),
  timestampAuthority: z.string().nullable(),
  lastAnchor: z.object({ seq: z.number().int(), authority: z.string(), stampedAt: z.string() }).nullable(),
  openingNotices: z.array(sentenceSchema),
});

const savedFileSchema = z.object({ path: z.string(), sha256: z.string() });
const requestIdsSchema = z.array(z.string().max(100)).min(1).max(5_000);

export const journalChannels = {
  /** What the screen should say of the journal itself. */
  'journal.status': channel('journal.own', nothing, journalStatusSchema),
  /** An agent sees his own lines; the auditor and no one else sees all (right `journal.all`). */
  'journal.search': channel(
    'journal.own',
    z.object({ filter: journalFilterSchema, beforeSeq: z.number().int().optional(), limit: z.number().int().min(1).max(500) }),
    z.object({ lines: z.array(journalLineSchema), total: z.number().int() }),
  ),
  /** Whom and what the journal's lines name, whether it still exists or not: what they can be filtered by. */
  'journal.known': channel(
    'journal.all',
    nothing,
    z.object({ agents: z.array(z.object({ id: z.string(), name: z.string() })), dossiers: z.array(z.object({ id: z.string(), title: z.string() })), habilitations: z.array(titledHabilitationSchema) }),
  ),
  /** Null when the dialog was closed or the export cancelled. */
  'journal.export': channel(
    'journal.own',
    z.object({ exportId: idSchema, filter: journalFilterSchema, format: exportFormatSchema }),
    z.object({ path: z.string(), lineCount: z.number().int(), sha256: z.string() }).nullable(),
  ),
  'journal.cancelExport': channel('journal.own', z.object({ exportId: idSchema }), done),
  /** Null when cancelled. Progress comes as `journal.exportProgress` under the same id. */
  'journal.verify': channel(
    'journal.own',
    z.object({ verificationId: idSchema, fromSeq: z.number().int().min(1).optional(), toSeq: z.number().int().min(1).optional() }),
    verificationReportSchema.nullable(),
  ),
  'journal.cancelVerify': channel('journal.own', z.object({ verificationId: idSchema }), done),
  /** Asks the service's hour when calls wait for this workstation's clock; a changed notice says what came of it. */
  'journal.checkClock': channel('journal.own', nothing, done),
  /** Public key of the seals, PEM, to be handed to an auditor. */
  'journal.sealKey': channel('journal.own', nothing, z.object({ publicKeyPem: z.string(), headSeq: z.number().int(), headHash: z.string() })),
  'journal.statistics': channel(
    'journal.own',
    z.object({ filter: journalFilterSchema }),
    z.object({ rows: z.array(statisticsRowSchema), total: z.number().int(), reasons: z.array(refusalReasonSchema), quotaUse: z.array(quotaUseSchema), habilitations: z.array(titledHabilitationSchema) }),
  ),
  /** What a purge would delete now, and how far the one that runs is, whoever began it. */
  'journal.previewPurge': channel('journal.all', nothing, purgeSummarySchema.extend({ running: z.object({ written: z.number().int(), total: z.number().int() }).nullable() })),
  /** Progress comes as `journal.exportProgress` under `PURGE_ID`, `written` at `total` once it is over. */
  'journal.purge': channel('journal.all', nothing, purgeSummarySchema),
  /** « Réponse à un contrôle »: the newest lines of the pasted request ids (whole: all of them), and the ids that this workstation does not know. */
  'journal.answerAudit': channel(
    'journal.own',
    z.object({ requestIds: requestIdsSchema, isWhole: z.boolean().optional() }),
    z.object({ lines: z.array(journalLineSchema), total: z.number().int(), unknownRequestIds: z.array(z.string()) }),
  ),
  /** The same as a file ready to send; cancelled as an export. Null when the dialog was closed or the work cancelled. */
  'journal.saveAuditAnswer': channel(
    'journal.own',
    z.object({ exportId: idSchema, requestIds: requestIdsSchema, format: z.enum(['pdf', 'csv']) }),
    savedFileSchema.extend({ lineCount: z.number().int(), unknownCount: z.number().int() }).nullable(),
  ),
  /** Has the head stamped by the authority of the policy. */
  'journal.anchor': channel('journal.keep', nothing, z.object({ seq: z.number().int(), hash: z.string(), authority: z.string(), stampedAt: z.string() })),
  /** Whole copy of the journal, made while it runs. Null when the dialog was closed. */
  'journal.backUp': channel('journal.keep', nothing, savedFileSchema.nullable()),
  /**
   * Asks for a backup, copies and verifies it beside the journal, and says what restoring it would change; cancelled as an
   * export, with its progress. Null when the dialog was closed or the work cancelled.
   */
  'journal.checkBackup': channel(
    'journal.keep',
    z.object({ restoreId: idSchema }),
    z
      .object({
        fileName: z.string(),
        report: verificationReportSchema,
        lastAt: z.string().nullable(),
        /** Whether the present journal goes on from the backup's last row. */
        isContained: z.boolean(),
        presentSeq: z.number().int(),
      })
      .nullable(),
  ),
  /** Puts the backup just checked under this id in place of the journal, which is kept; the application starts again. */
  'journal.restore': channel('journal.keep', z.object({ restoreId: idSchema }), done),
  /** Entry of the « registre des traitements », from the real settings: Markdown, in French. */
  'journal.processingRecord': channel('journal.keep', nothing, z.object({ text: z.string() })),
  'journal.saveProcessingRecord': channel('journal.keep', nothing, savedFileSchema.nullable()),
} as const;

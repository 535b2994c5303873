import { createPublicKey } from 'node:crypto';

import type { VerificationReport } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import type { CallContext, Handlers } from '../ipc';
import { breakEvent, type BreakSeenBy } from './announcements';
import { answerAudit, saveAuditAnswer } from './audit-answer';
import { cancel, cancellable, told } from './cancellable';
import { custodyHandlers } from './custody-handlers';
import { exportWithDialog } from './export-handler';
import type { JournalHandlerDeps } from './handler-deps';
import { createJournalReadingTrace } from './journal-reading';
import { linesText, namesFrom } from './filter-words';
import { restoreHandlers } from './restore-handlers';
import { ownersOf } from './search';

type JournalChannel = Extract<keyof Handlers, `journal.${string}`>;

/** An agent sees his own lines only; whoever has `journal.all` sees all. */
export function agentScopeOf({ session }: CallContext): string | undefined {
  return hasRight(session.agent.role, 'journal.all') ? undefined : session.agent.id;
}

export function journalHandlers(deps: JournalHandlerDeps): Pick<Handlers, JournalChannel> {
  const { journal, worker, clock, sealKey } = deps;
  const running = new Map<string, AbortController>();
  const traceReading = createJournalReadingTrace(deps);
  return {
    'journal.search': async ({ filter, beforeSeq, limit }, context) => {
      const page = await told(worker.run('search', { filter, beforeSeq, limit, agentScope: agentScopeOf(context) }));
      const names = { ...namesFrom(page.lines[0], page.owners, filter), habilitationTitle: deps.habilitationTitles().get(filter.habilitationId ?? '') };
      await told(traceReading(context, { ...page, act: 'Historique consulté', filter, names, lineCount: page.total }));
      return { lines: [...page.lines], total: page.total };
    },
    'journal.export': (input, context) =>
      cancellable(running, input.exportId, (signal) => exportWithDialog(deps, input, context, agentScopeOf(context), signal)),
    'journal.cancelExport': ({ exportId }) => cancel(running, exportId),
    'journal.verify': ({ verificationId, fromSeq, toSeq }, context) =>
      cancellable(running, verificationId, async (signal) => {
        await journal.seal();
        const input = { fromSeq, toSeq, publicKey: sealKey.publicKey().toString('base64'), witness: deps.witness.read() };
        const onProgress = (done: number, total: number) => deps.onProgress(verificationId, done, total);
        const report = await worker.run('verify', input, { signal, onProgress });
        await recordVerification(deps, context, report);
        return report;
      }),
    'journal.cancelVerify': ({ verificationId }) => cancel(running, verificationId),
    'journal.checkClock': async () => {
      await deps.checkClock();
      return null;
    },
    'journal.sealKey': () => {
      const key = createPublicKey({ key: sealKey.publicKey(), format: 'der', type: 'spki' });
      const { seq, hash } = journal.head();
      return { publicKeyPem: key.export({ format: 'pem', type: 'spki' }).toString(), headSeq: seq, headHash: hash };
    },
    'journal.statistics': async ({ filter }, context) => {
      const found = await told(worker.run('statistics', { filter, agentScope: agentScopeOf(context) }));
      const names = { habilitationTitle: deps.habilitationTitles().get(filter.habilitationId ?? '') };
      await told(traceReading(context, { act: 'Statistiques consultées', filter, names, owners: ownersOf(found.rows), lineCount: found.total }));
      return { rows: [...found.rows], total: found.total, reasons: [...found.reasons], quotaUse: [...found.quotaUse], habilitations: titled(found.rows.flatMap(({ habilitationId }) => habilitationId ?? []), deps.habilitationTitles()) };
    },
    'journal.previewPurge': async () => {
      const summary = await told(journal.previewPurge(clock.now(), deps.retentionMonths()));
      const { purgeProgress: running } = journal;
      return { ...summary, running: running && { written: running.done, total: running.total } };
    },
    'journal.purge': (_input, { session: { agent } }) => told(journal.purge(clock.now(), deps.retentionMonths(), { agent: { id: agent.id, displayName: agent.displayName } })),
    'journal.known': async () => {
      const { agents, dossiers, habilitationIds } = await told(worker.run('known', undefined));
      return { agents: [...agents], dossiers: [...dossiers], habilitations: titled(habilitationIds, deps.habilitationTitles()) };
    },
    'journal.answerAudit': async ({ requestIds, isWhole }, context) => {
      const { owners, ...answer } = await told(answerAudit(deps, requestIds, agentScopeOf(context), isWhole));
      await told(traceReading(context, { act: 'Réponse à un contrôle consultée', filter: { requestIds }, owners, lineCount: answer.total }));
      return answer;
    },
    'journal.saveAuditAnswer': (input, context) =>
      cancellable(running, input.exportId, (signal) => saveAuditAnswer(deps, input, context, agentScopeOf(context), signal)),
    ...custodyHandlers(deps),
    ...restoreHandlers(deps, running),
  };
}

function titled(habilitationIds: readonly string[], titles: ReadonlyMap<string, string>) {
  return [...new Set(habilitationIds)].map((id) => ({ id, title: titles.get(id) ?? null }));
}

async function recordVerification({ journal, checkFile }: JournalHandlerDeps, { session }: CallContext, report: VerificationReport): Promise<void> {
  const seenBy: BreakSeenBy = hasRight(session.agent.role, 'journal.keep') ? 'keeper' : 'agent';
  const agent = { id: session.agent.id, displayName: session.agent.displayName };
  if (!report.break) {
    await journal.record({ event: 'journal.verified', agent, detail: `${linesText(report.rowCount)} vérifiée${report.rowCount > 1 ? 's' : ''}, chaîne intacte.` });
    return;
  }
  await journal.record({ ...breakEvent(report.break, seenBy), agent, detail: `Rupture à la ligne ${report.break.seq}.` });
  if (seenBy === 'keeper') journal.noteSeenByKeeper(report.break);
  // One that nobody knew of stops the calls; behind one that was seen there may be another.
  checkFile();
}

import { AUDIT_FIRST_LINES } from '../../shared/domain/journal';
import type { CallContext } from '../ipc';
import { type ExportDeps, writeFileWithDialog } from './export-handler';
import { foldRequestId } from './search-index';

/** The newest lines of the pasted request ids (all of them when asked), their count, and the ids that this workstation does not know. */
export async function answerAudit({ worker }: Pick<ExportDeps, 'worker'>, pasted: readonly string[], agentScope: string | undefined, isWhole = false) {
  const requestIds = clean(pasted);
  const ask = (limit: number) => worker.run('searchRequests', { requestIds, agentScope, limit });
  const first = await ask(AUDIT_FIRST_LINES);
  const { lines, total, owners, unknownRequestIds } = isWhole && first.total > AUDIT_FIRST_LINES ? await ask(first.total) : first;
  return { lines: [...lines], total, owners, unknownRequestIds: [...unknownRequestIds] };
}

/** The answer as a file ready to send, recorded with its digest. Null when the dialog was closed. */
export async function saveAuditAnswer(
  deps: ExportDeps,
  input: { readonly exportId: string; readonly requestIds: readonly string[]; readonly format: 'pdf' | 'csv' },
  context: CallContext,
  agentScope: string | undefined,
  signal: AbortSignal,
) {
  const requestIds = clean(input.requestIds);
  const { unknownRequestIds } = await deps.worker.run('searchRequests', { requestIds, agentScope, limit: 0 }, { signal });
  const { exportId, format } = input;
  const file = { exportId, format, filter: { requestIds }, baseName: 'reponse-controle', audit: { unknownRequestIds } };
  const result = await writeFileWithDialog(deps, file, context, agentScope, signal);
  return result && { ...result, unknownCount: unknownRequestIds.length };
}

/** Each once: what differs by its capitals alone is the same id. */
function clean(pasted: readonly string[]): readonly string[] {
  const ids = pasted.map((id) => id.trim()).filter((id) => id !== '');
  return [...new Map(ids.map((id) => [foldRequestId(id), id])).values()];
}

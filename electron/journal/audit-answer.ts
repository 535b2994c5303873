import type { JournalFilter, JournalLine } from '../../shared/domain/journal';
import type { CallContext } from '../ipc';
import { type ExportDeps, writeFileWithDialog } from './export-handler';

/** Usual: an id has one call. The rest is asked for when there is more. */
const LINES_PER_REQUEST = 2;

/** Lines of the pasted request ids, and the ids that this workstation does not know. */
export async function answerAudit({ worker }: Pick<ExportDeps, 'worker'>, pasted: readonly string[], agentScope: string | undefined) {
  const requestIds = clean(pasted);
  const filter: JournalFilter = { requestIds };
  const ask = (limit: number) => worker.run('search', { filter, agentScope, limit });
  const first = await ask(requestIds.length * LINES_PER_REQUEST);
  // An id whose lines would be cut off would be said unknown.
  const { lines, owners } = first.total > first.lines.length ? await ask(first.total) : first;
  return { lines: [...lines], owners, unknownRequestIds: unknownAmong(requestIds, lines) };
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
  const { unknownRequestIds } = await answerAudit(deps, requestIds, agentScope);
  const { exportId, format } = input;
  const file = { exportId, format, filter: { requestIds }, baseName: 'reponse-controle', audit: { unknownRequestIds } };
  const result = await writeFileWithDialog(deps, file, context, agentScope, signal);
  return result && { ...result, unknownCount: unknownRequestIds.length };
}

function clean(pasted: readonly string[]): readonly string[] {
  return [...new Set(pasted.map((id) => id.trim()).filter((id) => id !== ''))];
}

function unknownAmong(requestIds: readonly string[], lines: readonly JournalLine[]): string[] {
  const known = new Set(lines.map(({ requestId }) => requestId));
  return requestIds.filter((id) => !known.has(id));
}

import { CHECK_IDS, type CheckId, checks, type CheckResult } from '../../shared/domain/diagnostics';
import { type Finding, skipped } from './finding';

/** A link of the chain stopped by the very fault of an earlier one is not in fault itself: whoever mends looks at one place. */
export function unlessCaused(checkId: CheckId, finding: Finding, last: ReadonlyMap<CheckId, CheckResult>): Finding {
  if (finding.state !== 'error') return finding;
  const cause = CHECK_IDS.slice(0, CHECK_IDS.indexOf(checkId)).find((id) => last.get(id)?.state === 'error' && last.get(id)?.summary === finding.summary);
  return cause === undefined ? finding : skipped(`Non vérifié\u00a0: dépend de «\u00a0${checks[cause].title}\u00a0», qui est en défaut.`);
}

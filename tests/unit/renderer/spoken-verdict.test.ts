import { expect, it } from 'vitest';

import { spokenVerdict } from '../../../renderer/features/diagnostics/spoken-verdict';
import type { CheckResult, CheckState } from '../../../shared/domain/diagnostics';

const result = (state: CheckState): CheckResult => ({ checkId: 'proxy', state, at: '2026-11-24T09:00:00.000Z', durationMs: 1, summary: '', mend: null, facts: [] });

it('the end of the checks is spoken, the worst first', () => {
  expect(spokenVerdict([result('ok'), result('skipped'), result('error'), result('ok')])).toBe('Vérification terminée\u00a0: 1 en défaut, 2 en ordre, 1 sans objet.');
  expect(spokenVerdict([])).toBe('');
});

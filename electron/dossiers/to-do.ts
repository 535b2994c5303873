import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Agent } from '../../shared/domain/agent';
import type { PieceList } from '../../shared/domain/completeness';
import { addDays, parisDay } from '../../shared/domain/days';
import type { Dossier } from '../../shared/domain/dossier';
import type { DossierAct } from '../../shared/domain/dossier-act';
import type { Clock } from '../storage/clock';
import type { Completeness, CompletenessReader } from './completeness';
import type { Dossiers } from './dossiers';

/** Open dossiers that are measured, the nearest deadline first: reading their answers takes some milliseconds each. */
const MEASURED_DOSSIERS = 40;
const NEAR_DEADLINE_DAYS = 7;

export interface ToDoDeps {
  readonly dossiers: Pick<Dossiers, 'list'>;
  readonly completenessOf: CompletenessReader;
  readonly clock: Clock;
}

/** What the dossiers of this agent ask of him today, the most urgent first. */
export function createToDo({ dossiers, completenessOf, clock }: ToDoDeps): (agent: Agent) => Promise<readonly DossierAct[]> {
  return async (agent) => {
    const today = parisDay(clock.now());
    const { dossiers: open } = dossiers.list(agent, { state: 'open' }, { sort: 'urgency', limit: MEASURED_DOSSIERS });
    const acts: DossierAct[] = [];
    for (const dossier of open) {
      // Calls and screens pass between two dossiers: nobody waits for the whole.
      await nextTurn();
      acts.push(...actsOf(dossier, completenessOf(agent, dossier), today));
    }
    return acts;
  };
}

function actsOf({ id: dossierId, title, deadline }: Dossier, { rows, list, counts, stale }: Completeness, today: string): readonly DossierAct[] {
  const about = { dossierId, title, deadline };
  const acts: DossierAct[] = [];
  if (deadline !== null && deadline <= addDays(today, NEAR_DEADLINE_DAYS)) acts.push({ ...about, kind: 'deadline' });
  if (stale.length > 0) acts.push({ ...about, kind: 'expired', pieces: stale.map(({ name, label }) => `${label} (${name})`) });
  const expiring = rows.flatMap(({ name, cells, extra }) => {
    const pieces = [...cells.map(({ pieceId, validity }) => ({ label: labelOf(list, pieceId), validity })), ...extra];
    // What cannot be renewed yet asks for nothing today.
    return pieces.filter(({ validity }) => validity.state === 'expiresSoon' && validity.next !== 'wait').map(({ label }) => `${label} (${name})`);
  });
  if (expiring.length > 0) acts.push({ ...about, kind: 'expiring', pieces: expiring });
  if (counts.missing > 0) acts.push({ ...about, kind: 'incomplete', missing: counts.missing });
  return acts;
}

function labelOf(list: PieceList | null, pieceId: string): string {
  return list?.pieces.find(({ id }) => id === pieceId)?.label ?? pieceId;
}

import type { Session } from '../../shared/domain/agent';
import type { QuotaSnapshot } from '../../shared/domain/quota';
import type { Handlers } from '../ipc';
import type { QuotaService } from './quota-service';

export interface QuotaHandlerDeps {
  readonly quota: QuotaService;
  /** The dossier's habilitation. Throws an IpcFailure when this agent may not open the dossier. */
  readonly habilitationOf: (session: Session, dossierId: string) => string;
  /** Ids of the habilitations whose quota this agent may see. */
  readonly visibleHabilitations: (session: Session) => ReadonlySet<string>;
}

/** The snapshot without the counters of other people's habilitations; breakers and ban concern everybody. */
export function visibleTo(snapshot: QuotaSnapshot, habilitationIds: ReadonlySet<string>): QuotaSnapshot {
  return { ...snapshot, windows: snapshot.windows.filter(({ habilitationId }) => habilitationId === null || habilitationIds.has(habilitationId)) };
}

export function quotaHandlers({ quota, habilitationOf, visibleHabilitations }: QuotaHandlerDeps): Pick<Handlers, 'quota.snapshot' | 'quota.estimate'> {
  return {
    'quota.snapshot': (_, { session }) => {
      const { windows, breakers, ban } = visibleTo(quota.snapshot(), visibleHabilitations(session));
      return { windows: windows.map((window) => ({ ...window, history: [...window.history] })), breakers: [...breakers], ban };
    },
    'quota.estimate': ({ dossierId, plan, priority }, { session }) => quota.estimate(habilitationOf(session, dossierId), plan, priority),
  };
}

import type { Session } from '../../shared/domain/agent';
import type { Handlers } from '../ipc';
import type { QuotaService } from './quota-service';

export interface QuotaHandlerDeps {
  readonly quota: QuotaService;
  /** The dossier's habilitation. Throws an IpcFailure when this agent may not open the dossier. */
  readonly habilitationOf: (session: Session, dossierId: string) => string;
}

export function quotaHandlers({ quota, habilitationOf }: QuotaHandlerDeps): Pick<Handlers, 'quota.snapshot' | 'quota.estimate'> {
  return {
    'quota.snapshot': () => {
      const { windows, breakers, ban } = quota.snapshot();
      return { windows: windows.map((window) => ({ ...window, history: [...window.history] })), breakers: [...breakers], ban };
    },
    'quota.estimate': ({ dossierId, plan, priority }, { session }) => quota.estimate(habilitationOf(session, dossierId), plan, priority),
  };
}

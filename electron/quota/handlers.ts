import type { Handlers } from '../ipc';
import type { QuotaService } from './quota-service';

export function quotaHandlers({ quota }: { readonly quota: QuotaService }): Pick<Handlers, 'quota.snapshot'> {
  return {
    'quota.snapshot': () => {
      const { windows, breakers, ban } = quota.snapshot();
      return { windows: windows.map((window) => ({ ...window, history: [...window.history] })), breakers: [...breakers], ban };
    },
  };
}

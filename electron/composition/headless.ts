import type { Agent } from '../../shared/domain/agent';
import type { Batch } from '../../shared/domain/batch';
import { IpcFailure } from '../ipc-failure';
import type { Secret } from '../storage/secret';
import { by, traceOrRefuse } from '../trace';
import type { People } from './services';
import type { Stores } from './stores';

/** What a run without a window may do that no screen can. */
export interface Headless {
  /**
   * Opens the session of a service account. `given` null: with the secret that the keychain keeps for it.
   * Throws an {@link IpcFailure} in words when it is refused.
   */
  openService(login: string, given: Secret | null, keepsSecret: boolean): Promise<Agent>;
  traceExport(agent: Agent, batch: Batch, detail: string): Promise<void>;
}

export function headlessOf({ vault, record }: Stores, { agents, dossiers }: People): Headless {
  return {
    async openService(login, given, keepsSecret) {
      const name = `service-secret:${login.trim().toLowerCase()}`;
      const secret = given ?? vault.secret(name);
      if (!secret) throw new IpcFailure('refused', `Aucun secret n’est gardé pour le compte « ${login} » : donnez-le avec --secret, et gardez-le avec --garder-secret.`);
      const { agent } = await agents.signIn.openService(login, secret.reveal());
      if (keepsSecret) keep(name, secret);
      return agent;
    },
    traceExport: (agent, { dossierId }, detail) => {
      const dossierTitle = dossiers.find(dossierId)?.title ?? '';
      return traceOrRefuse(record, { event: 'data.exported', outcome: 'success', ...by(agent), dossierId, dossierTitle, detail });
    },
  };

  function keep(name: string, secret: Secret): void {
    if (vault.kind !== 'keychain') throw new IpcFailure('refused', 'Aucun trousseau système sur ce poste : le secret n’y est pas gardé. Donnez-le avec --secret.');
    vault.setSecret(name, secret);
  }
}

import type { Handlers } from '../dispatch';
import { IpcFailure } from '../ipc-failure';
import type { RecordEvent } from '../../shared/domain/journal';
import type { MachinePolicy } from '../storage/policy';
import { Secret } from '../storage/secret';
import type { SettingsPort } from '../storage/settings';
import { by, traceOrRefuse } from '../trace';
import type { NetworkSecrets } from './network-secrets';

export interface NetworkHandlersDeps {
  readonly settings: SettingsPort;
  readonly secrets: NetworkSecrets;
  readonly policy: MachinePolicy;
  readonly record: RecordEvent;
  /** New connections follow what has just been given. */
  readonly renew: () => void;
}

type NetworkChannels = 'network.state' | 'network.setProxyAccount' | 'network.setPassphrase';

/** The accounts of the way out; a secret comes in and never goes out. */
export function networkHandlers({ settings, secrets, policy, record, renew }: NetworkHandlersDeps): Pick<Handlers, NetworkChannels> {
  const state = () => ({
    proxyUser: settings.get().proxyUser,
    isProxyUserFixed: settings.lockedKeys.has('proxyUser'),
    hasPassword: secrets.hasPassword(),
    hasClientCertificate: policy.clientCertificateFile !== undefined,
    hasPassphrase: secrets.hasPassphrase(),
  });
  return {
    'network.state': state,
    'network.setProxyAccount': async ({ user, password }, { session }) => {
      if (settings.lockedKeys.has('proxyUser') && user !== settings.get().proxyUser) {
        throw new IpcFailure('forbidden', 'Ce nom est fixé par votre organisation : adressez-vous à votre service informatique pour le changer.', 'user');
      }
      const detail = password === null ? 'Compte du proxy effacé.' : 'Compte du proxy enregistré.';
      await traceOrRefuse(record, { event: 'settings.changed', outcome: 'success', ...by(session.agent), detail });
      if (!settings.lockedKeys.has('proxyUser')) settings.update({ proxyUser: user });
      const isKept = secrets.setPassword(password === null ? null : new Secret(password));
      renew();
      return { ...state(), isKept };
    },
    'network.setPassphrase': async ({ passphrase }, { session }) => {
      const detail = passphrase === null ? 'Phrase secrète du certificat effacée.' : 'Phrase secrète du certificat enregistrée.';
      await traceOrRefuse(record, { event: 'settings.changed', outcome: 'success', ...by(session.agent), detail });
      const isKept = secrets.setPassphrase(passphrase === null ? null : new Secret(passphrase));
      renew();
      return { ...state(), isKept };
    },
  };
}

import type { Agent } from '../../shared/domain/agent';
import type { RecordEvent } from '../../shared/domain/journal';
import type { Handlers } from '../dispatch';
import { IpcFailure } from '../ipc-failure';
import type { MachinePolicy } from '../storage/policy';
import { Secret } from '../storage/secret';
import type { SettingsPort } from '../storage/settings';
import { by, traceOrRefuse } from '../trace';
import type { NetworkSecrets } from './network-secrets';
import type { ConfirmedProxies } from './proxy-accounts';

export interface NetworkHandlersDeps {
  readonly settings: SettingsPort;
  readonly secrets: NetworkSecrets;
  readonly proxies: ConfirmedProxies;
  readonly policy: MachinePolicy;
  readonly record: RecordEvent;
  /** New connections follow what has just been given. */
  readonly renew: () => void;
}

type NetworkChannels = 'network.state' | 'network.setProxyAccount' | 'network.confirmProxy' | 'network.setPassphrase';

/** The accounts of the way out; a secret comes in and never goes out. */
export function networkHandlers({ settings, secrets, proxies, policy, record, renew }: NetworkHandlersDeps): Pick<Handlers, NetworkChannels> {
  const state = () => ({
    proxyUser: settings.get().proxyUser,
    isProxyUserFixed: settings.lockedKeys.has('proxyUser'),
    hasPassword: secrets.hasPassword(),
    confirmedProxies: [...proxies.confirmed()],
    waitingProxy: proxies.waiting(),
    areProxiesFixed: settings.lockedKeys.has('proxyAccountFor'),
    hasClientCertificate: policy.clientCertificateFile !== undefined,
    hasPassphrase: secrets.hasPassphrase(),
  });
  const trace = (agent: Agent, detail: string) => traceOrRefuse(record, { event: 'settings.changed', outcome: 'success', ...by(agent), detail });

  /** The screen tells which proxy it showed: another may have asked meanwhile. */
  function confirmable(proxy: string): string[] {
    if (settings.lockedKeys.has('proxyAccountFor')) {
      throw new IpcFailure('forbidden', 'Les proxys à qui le compte est donné sont fixés par votre organisation : adressez-vous à votre service informatique.', 'proxy');
    }
    const kept = proxies.withConfirmed(proxy);
    if (kept === undefined) throw new IpcFailure('refused', 'Ce proxy n’est plus celui qui demande un compte : relancez la vérification, puis regardez son adresse.', 'proxy');
    return [...kept];
  }

  return {
    'network.state': state,
    'network.setProxyAccount': async ({ user, password, proxy }, { session }) => {
      if (settings.lockedKeys.has('proxyUser') && user !== settings.get().proxyUser) {
        throw new IpcFailure('forbidden', 'Ce nom est fixé par votre organisation : adressez-vous à votre service informatique pour le changer.', 'user');
      }
      const proxyAccountFor = password === null ? [] : proxy === null ? settings.get().proxyAccountFor : confirmable(proxy);
      await trace(session.agent, password === null ? 'Compte du proxy effacé.' : `Compte du proxy enregistré${proxy === null ? '' : `, pour ${proxy}`}.`);
      settings.update({
        ...(settings.lockedKeys.has('proxyUser') ? {} : { proxyUser: user }),
        ...(settings.lockedKeys.has('proxyAccountFor') ? {} : { proxyAccountFor }),
      });
      const isKept = secrets.setPassword(password === null ? null : new Secret(password));
      renew();
      return { ...state(), isKept };
    },
    'network.confirmProxy': async ({ proxy }, { session }) => {
      const proxyAccountFor = confirmable(proxy);
      await trace(session.agent, `Compte du proxy donné aussi à ${proxy}.`);
      settings.update({ proxyAccountFor });
      renew();
      return state();
    },
    'network.setPassphrase': async ({ passphrase }, { session }) => {
      await trace(session.agent, passphrase === null ? 'Phrase secrète du certificat effacée.' : 'Phrase secrète du certificat enregistrée.');
      const isKept = secrets.setPassphrase(passphrase === null ? null : new Secret(passphrase));
      renew();
      return { ...state(), isKept };
    },
  };
}

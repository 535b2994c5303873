import type { Settings } from '../../shared/ipc/settings';
import { nameOfWay, type ProxyAccount, type ProxyAccounts, type ProxyWay, proxyWay } from '../http';

type Chosen = Pick<Settings, 'proxyMode' | 'proxyUrl' | 'proxyAccountFor'>;

/** Which proxies the account of this workstation is meant for, and which one waits to be confirmed. */
export interface ConfirmedProxies extends ProxyAccounts {
  /** Names of those to which it is given. */
  readonly confirmed: () => readonly string[];
  /** The last that asked for an account and was given none, while it is still not confirmed. */
  readonly waiting: () => string | null;
  /** What to keep so that the waiting proxy is given the account from now on; undefined when it is not the one that waits. */
  readonly withConfirmed: (name: string) => readonly string[] | undefined;
}

/**
 * The password of Basic is read by whoever is given it, and a proxy is named by a PAC file or by the network: it goes to the proxy
 * that was typed (`manual`), and to those that the policy or somebody at this screen has confirmed, host, port and TLS included.
 */
export function createProxyAccounts(settings: () => Chosen, account: () => ProxyAccount | null): ConfirmedProxies {
  let asking: ProxyWay | null = null;

  function confirmed(): readonly string[] {
    const { proxyMode, proxyUrl, proxyAccountFor } = settings();
    const typed = proxyMode === 'manual' && proxyUrl !== null ? [proxyUrl] : [];
    return [...new Set([...typed, ...proxyAccountFor].map(nameOf))];
  }
  const waitingProxy = (): ProxyWay | null => (asking !== null && !confirmed().includes(nameOfWay(asking)) ? asking : null);

  return {
    confirmed,
    accountFor: (proxy) => (confirmed().includes(nameOfWay(proxy)) ? account() : null),
    askedBy: (proxy) => {
      asking = proxy;
      return account() !== null;
    },
    waiting: () => {
      const proxy = waitingProxy();
      return proxy && nameOfWay(proxy);
    },
    withConfirmed: (name) => {
      const proxy = waitingProxy();
      return proxy && nameOfWay(proxy) === name ? [...settings().proxyAccountFor, addressOf(proxy)] : undefined;
    },
  };
}

function nameOf(address: string): string {
  const way = proxyWay(address);
  return way === undefined ? address : nameOfWay(way);
}

function addressOf(proxy: ProxyWay): string {
  return `${proxy.isSecure ? '' : 'http://'}${nameOfWay(proxy)}`;
}

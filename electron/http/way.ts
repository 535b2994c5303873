import { BlockList, isIP } from 'node:net';

/** How a connection leaves this machine. */
export type Way = { readonly kind: 'direct' } | ProxyWay | { readonly kind: 'unsupported' };

export interface ProxyWay {
  readonly kind: 'proxy';
  readonly host: string;
  readonly port: number;
  /** The proxy itself is spoken to over TLS. */
  readonly isSecure: boolean;
}

/** Ways to an address, in the order in which they are to be tried; never empty. */
export type FindWays = (url: URL) => Promise<readonly Way[]>;

export const DIRECT: Way = { kind: 'direct' };

/** Whether an address is this very machine: such calls never go through a proxy. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** What is shown of a way: never an account. */
export function nameOfWay(way: Way): string {
  if (way.kind !== 'proxy') return way.kind === 'direct' ? 'direct' : 'type non pris en charge';
  return `${way.isSecure ? 'https://' : ''}${way.host.includes(':') ? `[${way.host}]` : way.host}:${way.port}`;
}

/**
 * Reads what a system or a PAC file answers: `PROXY a:8080; HTTPS b:443; DIRECT`. What is not
 * understood (SOCKS) is kept as such, so that it is named when nothing else is left.
 */
export function readProxyList(list: string): readonly Way[] {
  const ways = list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readEntry);
  return ways.length === 0 ? [DIRECT] : ways;
}

function readEntry(entry: string): Way {
  const [kind = '', place = ''] = entry.split(/\s+/);
  if (/^direct$/i.test(kind)) return DIRECT;
  if (!/^(proxy|http|https)$/i.test(kind)) return { kind: 'unsupported' };
  const isSecure = /^https$/i.test(kind);
  return proxyWay(`${isSecure ? 'https' : 'http'}://${place}`) ?? { kind: 'unsupported' };
}

/** The proxy at an address; undefined when it is not one. An account in the address is not read: it has no place there. */
export function proxyWay(address: string): ProxyWay | undefined {
  try {
    const { protocol, hostname, port } = new URL(address);
    if (!/^https?:$/.test(protocol) || hostname === '') return undefined;
    const isSecure = protocol === 'https:';
    return { kind: 'proxy', host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isSecure ? 443 : 80), isSecure };
  } catch {
    return undefined;
  }
}

/**
 * Whether an exception spares an address the proxy. Understood, as in NO_PROXY: `*`, a host,
 * `.domain` or `*.domain` (and what is below), either with `:port`, an address or a network
 * (`10.0.0.0/8`), and `<local>` (names without a dot).
 */
export function isSpared(url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return exceptions.some((exception) => matches(exception.trim().toLowerCase(), host, port));
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  if (exception === '<local>') return !host.includes('.') && isIP(host) === 0;
  if (exception.includes('/')) return isInNetwork(exception, host);
  const [, name = '', onPort] = isIP(exception) === 0 ? (/^\[?(.*?)\]?(?::(\d+))?$/.exec(exception) ?? []) : [exception, exception];
  if (onPort !== undefined && onPort !== port) return false;
  const wanted = name.replace(/^\*(?=\.)/, '');
  return wanted.startsWith('.') ? host.endsWith(wanted) || host === wanted.slice(1) : host === wanted;
}

function isInNetwork(network: string, host: string): boolean {
  const family = isIP(host);
  const [address = '', bits = ''] = network.split('/');
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, Number(bits), name);
  return list.check(host, name);
}

import type { Settings } from '../../shared/ipc/settings';
import { DIRECT, type FindWays, isSpared, proxyWay, readProxyList, TransportError, type Way } from '../http';
import type { Clock } from '../storage/clock';

/** A PAC file may follow the hour or the network: what it said is believed this long. */
const BELIEVED_MS = 30_000;
/** A system that looks for a configuration that nobody serves. */
const LONGEST_SEARCH_MS = 5_000;

export interface FindWaysDeps {
  readonly settings: () => Pick<Settings, 'proxyMode' | 'proxyUrl' | 'proxyPacUrl' | 'noProxy'>;
  readonly resolveProxy: (url: string, pacUrl: string | null) => Promise<string>;
  readonly clock: Clock;
}

/** How to leave this machine for an address, as the settings say; the path and the query are told to nobody. */
export function createFindWays(deps: FindWaysDeps): { readonly findWays: FindWays; readonly forget: () => void } {
  const known = new Map<string, { readonly ways: readonly Way[]; readonly until: number }>();

  async function ask(origin: string, pacUrl: string | null): Promise<readonly Way[]> {
    const believed = known.get(origin);
    if (believed && deps.clock.monotonic() < believed.until) return believed.ways;
    const ways = readProxyList(await inTime(deps.resolveProxy(`${origin}/`, pacUrl)));
    known.set(origin, { ways, until: deps.clock.monotonic() + BELIEVED_MS });
    return ways;
  }

  return {
    forget: () => known.clear(),
    findWays: async (url) => {
      const { proxyMode, proxyUrl, proxyPacUrl, noProxy } = deps.settings();
      if (proxyMode === 'direct') return [DIRECT];
      if (proxyMode === 'system') return ask(url.origin, null);
      if (proxyMode === 'pac') return ask(url.origin, proxyPacUrl);
      const proxy = proxyUrl === null ? undefined : proxyWay(proxyUrl);
      return [proxy === undefined || isSpared(url, noProxy) ? DIRECT : proxy];
    },
  };
}

async function inTime(answer: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TransportError('proxy_unreachable')), LONGEST_SEARCH_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

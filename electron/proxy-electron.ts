import { setTimeout as delay } from 'node:timers/promises';

import { type ProxyConfig, type Session, session } from 'electron';

/** A session of its own, in memory: the window's has no network at all. */
const PARTITION = 'way-out';

/** Names that nobody serves, and nothing is sent to. */
const PROBE_URL = 'https://sonde.invalid/';
const MARKER = 'repere.invalid';
const MARKER_CONFIG: ProxyConfig = { mode: 'fixed_servers', proxyRules: `http://${MARKER}:9` };
const LOOK_EVERY_MS = 5;
/** Far longer than Chromium ever takes; nothing leaves without its answer. */
const LONGEST_WAIT_MS = 5_000;

let prepared: { readonly pacUrl: string | null; readonly session: Promise<Session> } | null = null;

/** Asks the system, or a PAC file, by which proxies an address is reached. Chromium reads both, per address. */
export async function resolveSystemProxy(url: string, pacUrl: string | null): Promise<string> {
  // Whoever comes meanwhile waits too: before it is set, everything would be said to be direct.
  if (prepared === null || prepared.pacUrl !== pacUrl) prepared = { pacUrl, session: prepare(pacUrl) };
  const { session: preparing } = prepared;
  // The next question tries again.
  preparing.catch(() => (prepared = null));
  return (await preparing).resolveProxy(url);
}

async function prepare(pacUrl: string | null): Promise<Session> {
  const own = session.fromPartition(PARTITION);
  await putInForce(own, MARKER_CONFIG, (answer) => answer.includes(MARKER));
  await putInForce(own, pacUrl === null ? { mode: 'system' } : { mode: 'pac_script', pacScript: pacUrl }, (answer) => !answer.includes(MARKER));
  return own;
}

/**
 * Chromium takes a configuration and answers questions by two ways that do not wait for each other: an answer may still be that of
 * the configuration before, which would send calls straight out. Seen by what the next one answers.
 */
async function putInForce(own: Session, config: ProxyConfig, isInForce: (answer: string) => boolean): Promise<void> {
  await own.setProxy(config);
  const since = performance.now();
  while (!isInForce(await own.resolveProxy(PROBE_URL))) {
    if (performance.now() - since > LONGEST_WAIT_MS) throw new Error('the proxy configuration is not taken');
    await delay(LOOK_EVERY_MS);
  }
}

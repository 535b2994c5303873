import { type Session, session } from 'electron';

/** A session of its own, in memory: the window's has no network at all. */
const PARTITION = 'way-out';

let prepared: { readonly pacUrl: string | null; readonly session: Promise<Session> } | null = null;

/** Asks the system, or a PAC file, by which proxies an address is reached. Chromium reads both, per address. */
export async function resolveSystemProxy(url: string, pacUrl: string | null): Promise<string> {
  // Whoever comes meanwhile waits too: before it is set, everything would be said to be direct.
  if (prepared === null || prepared.pacUrl !== pacUrl) prepared = { pacUrl, session: prepare(pacUrl) };
  return (await prepared.session).resolveProxy(url);
}

async function prepare(pacUrl: string | null): Promise<Session> {
  const own = session.fromPartition(PARTITION);
  await own.setProxy(pacUrl === null ? { mode: 'system' } : { mode: 'pac_script', pacScript: pacUrl });
  return own;
}

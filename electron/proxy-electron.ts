import { session } from 'electron';

/** A session of its own, in memory: the window's has no network at all. */
const PARTITION = 'way-out';

let configuredFor: string | null | undefined;

/** Asks the system, or a PAC file, by which proxies an address is reached. Chromium reads both, per address. */
export async function resolveSystemProxy(url: string, pacUrl: string | null): Promise<string> {
  const own = session.fromPartition(PARTITION);
  if (configuredFor !== pacUrl) {
    configuredFor = pacUrl;
    await own.setProxy(pacUrl === null ? { mode: 'system' } : { mode: 'pac_script', pacScript: pacUrl });
  }
  return own.resolveProxy(url);
}

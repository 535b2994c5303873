import type { Environment } from '../../shared/domain/environment';
import type { ChannelOutput } from '../../shared/ipc';
import { hasAccounts } from '../agents';
import type { Host } from '../host';
import type { MachinePolicy } from '../storage/policy';
import { clockNotices, journalFileNotices, keyNotices, noticesOf } from './notices';
import type { Stores } from './stores';

type StartState = ChannelOutput<'session.start'>;

/** What the screen needs to know before anybody signs in, but whose session it is: the stores alone say it. */
export function startStateOf(host: Host, stores: Stores, environment: Environment): () => Omit<StartState, 'session' | 'lockedAgent'> {
  const { database, policy, vault, keyRing, journal } = stores;
  const notices = noticesOf(host, stores);
  const organisation = oidcOrganisation(policy);
  return () => ({
    hasAccounts: hasAccounts(database),
    oidc: organisation === null ? null : { organisation },
    environment,
    appVersion: host.appVersion,
    electronVersion: host.electronVersion ?? '',
    keychainAvailable: vault.kind === 'keychain',
    notices: [...keyNotices(keyRing), ...journalFileNotices(journal.fileState), ...clockNotices(journal.clockSetBackFrom), ...notices],
  });
}

/** Whose identity provider agents sign in with, as the button says it; null: passwords of this workstation only. */
export function oidcOrganisation({ oidc, organisation }: MachinePolicy): string | null {
  return oidc ? (organisation ?? new URL(oidc.issuer).hostname) : null;
}

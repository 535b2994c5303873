import type { Environment } from '../../shared/domain/environment';
import type { ChannelOutput } from '../../shared/ipc';
import { hasAccounts } from '../agents';
import type { Host } from '../host';
import type { MachinePolicy } from '../storage/policy';
import { firstNotices, storeNotices } from './notices';
import type { FirstStores } from './first-stores';
import type { Stores } from './stores';

type StartState = ChannelOutput<'session.start'>;

/**
 * What the screen needs to know before anybody signs in, but whose session it is: the stores alone say it.
 * @param whole null while they are being opened: a keychain that was not asked yet is not counted on.
 */
export function startStateOf(host: Host, first: FirstStores, whole: Stores | null, environment: Environment): () => Omit<StartState, 'session' | 'lockedAgent'> {
  const { database, policy } = first;
  const notices = firstNotices(host, first);
  const organisation = oidcOrganisation(policy);
  return () => ({
    hasAccounts: hasAccounts(database),
    oidc: organisation === null ? null : { organisation },
    fixedOrganisation: policy.organisation ?? null,
    environment,
    colorScheme: first.settings.get().colorScheme,
    appVersion: host.appVersion,
    electronVersion: host.electronVersion ?? '',
    keychainAvailable: whole?.vault.kind === 'keychain',
    notices: [...(whole ? storeNotices(whole) : []), ...notices],
  });
}

/** Whose identity provider agents sign in with, as the button says it; null: passwords of this workstation only. */
export function oidcOrganisation({ oidc, organisation }: MachinePolicy): string | null {
  return oidc ? (organisation ?? new URL(oidc.issuer).hostname) : null;
}

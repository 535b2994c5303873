import type { Host } from '../host';
import { RELEASE_PUBLIC_KEY, type UpdateHandlerDeps } from '../updates';
import type { Network } from './services';
import type { Stores } from './stores';

/** Where updates come from: the organisation's word first, its own key before the publisher's. */
export function updateSource({ clock, appVersion }: Host, { policy }: Stores, { http }: Network): UpdateHandlerDeps['source'] {
  if (policy.updatesAllowed === false) return 'off';
  const publicKey = policy.updatesPublicKey ?? RELEASE_PUBLIC_KEY;
  if (publicKey === null) return 'no_key';
  if (policy.updatesUrl === undefined) return 'no_address';
  return { http, clock, folderUrl: policy.updatesUrl, publicKey, currentVersion: appVersion, platform: `${process.platform}-${process.arch}` };
}

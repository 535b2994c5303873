import { generateKeyPairSync } from 'node:crypto';

import { expect, it } from 'vitest';

import { updateSource } from '../../electron/composition/update-source';
import type { MachinePolicy } from '../../electron/storage/policy';

const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const own = { updatesPublicKey: key, updatesUrl: 'https://maj.exemple.fr/' };

it.each<[MachinePolicy, unknown]>([
  [{}, 'no_key'],
  [{ updatesUrl: 'https://maj.exemple.fr/' }, 'no_key'],
  [{ updatesPublicKey: key }, 'no_address'],
  [{ ...own, updatesAllowed: false }, 'off'],
  [own, expect.objectContaining({ publicKey: key, folderUrl: 'https://maj.exemple.fr/' })],
])('with the policy %o, updates are or come from %o', (policy, expected) => {
  const [host, stores, network] = [{}, { policy }, {}] as unknown as Parameters<typeof updateSource>;
  expect(updateSource(host, stores, network)).toEqual(expected);
});

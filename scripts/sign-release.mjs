// `node scripts/sign-release.mjs --new-key KEY.pem` makes the publisher's key, to be kept away from the sources, and prints its public half.
// `node scripts/sign-release.mjs --key KEY.pem --release RELEASE.json --out FOLDER` signs the manifest of the installers in FOLDER.
// RELEASE.json: { version, validDays, notes: [French sentences], files: { "win32-x64": { name, minimumSystem } } }.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import canonicalize from 'canonicalize';

const { values } = parseArgs({ options: { 'new-key': { type: 'string' }, key: { type: 'string' }, release: { type: 'string' }, out: { type: 'string' } } });
const DAY_MS = 86_400_000;

if (values['new-key']) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(values['new-key'], privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  console.log(`Public key, for electron/updates/release-key.ts: ${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`);
} else if (values.key && values.release && values.out) {
  signRelease(values.key, values.release, values.out);
} else {
  console.error('Give --new-key FILE, or --key FILE --release FILE --out FOLDER.');
  process.exitCode = 2;
}

function signRelease(keyPath, releasePath, folder) {
  const { version, validDays, notes, files } = JSON.parse(readFileSync(releasePath, 'utf8'));
  const describe = ({ name, minimumSystem = null }) => {
    const bytes = readFileSync(join(folder, name));
    return { name, byteLength: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), minimumSystem };
  };
  const now = Date.now();
  const manifest = {
    ...{ format: 1, product: 'fr.instruire.poste', version, notes, publishedAt: new Date(now).toISOString(), expiresAt: new Date(now + validDays * DAY_MS).toISOString() },
    files: Object.fromEntries(Object.entries(files).map(([platform, file]) => [platform, describe(file)])),
  };
  const key = createPrivateKey(readFileSync(keyPath));
  const text = canonicalize(manifest);
  writeFileSync(join(folder, 'instruire-update.json'), text);
  writeFileSync(join(folder, 'instruire-update.json.sig'), sign(null, Buffer.from(text), key).toString('base64'));
  console.log(`Signed version ${version} with ${createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')}.`);
}

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { machineFolder, policyPath } from '../../../electron/storage/paths';
import { readPolicy } from '../../../electron/storage/policy';

function read(text: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'instruire-policy-')), 'instruire.policy.json');
  writeFileSync(path, text);
  return readPolicy(path);
}

it('no file is an empty policy; an unreadable one is an error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  expect(readPolicy(join(folder, 'absent.json'))).toEqual({ ok: true, value: {} });
  expect(readPolicy(folder)).toMatchObject({ ok: false });
});

it('a sound policy is read, with a byte order mark too', () => {
  const policy = { organisation: 'Ville fictive', recipient: '99900012800010', environment: 'gateway', gatewayUrl: 'https://relais.example/api/', retentionMonths: 60 };
  expect(read(`\ufeff${JSON.stringify(policy)}`)).toEqual({ ok: true, value: { ...policy, gatewayUrl: 'https://relais.example/api' } });
});

it.each([
  ['{ "organisation": "Ville",\n}', /JSON correct/],
  ['{\n  "organisation": "Ville",\n  "retentionMonths": 12\n}', /ligne 3, « retentionMonths » : au moins 36 mois/],
  ['{\n  "environnement": "production"\n}', /ligne 2, « environnement » n’est pas un réglage connu/],
  ['{ "environment": "prod" }', /valeurs possibles : sandbox, staging, production, gateway/],
  ['{ "environment": "gateway" }', /vont ensemble/],
  ['{ "gatewayUrl": "https://relais.example" }', /vont ensemble/],
  ['{ "environment": "gateway", "gatewayUrl": "http://relais.example" }', /https:\/\/ est attendue/],
  ['{ "recipient": "12345678901234" }', /SIRET/],
  ['[]', /erreurs/],
])('%s is refused with its line and its reason', (text, message) => {
  const result = read(text);
  expect(result.ok ? '' : result.message).toMatch(message);
});

it('lies in a folder of the system', () => {
  expect(policyPath('linux')).toBe('/etc/instruire/instruire.policy.json');
  expect(policyPath('darwin')).toBe('/Library/Application Support/Instruire/instruire.policy.json');
  expect(policyPath('win32', 'D:\\Donnees')).toBe('D:\\Donnees\\Instruire\\instruire.policy.json');
});

it('shares a folder between the accounts of the machine, apart from the policy that only an administrator sets', () => {
  expect(machineFolder('linux')).toBe('/var/tmp/instruire-poste');
  expect(machineFolder('win32', 'D:\\ProgramData')).toBe('D:\\ProgramData\\Instruire-poste');
  expect(policyPath('win32', 'D:\\ProgramData').startsWith(machineFolder('win32', 'D:\\ProgramData'))).toBe(false);
});

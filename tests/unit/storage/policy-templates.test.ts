import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, it } from 'vitest';

import { policyKeys } from '../../../electron/storage/policy';

const folder = resolve(import.meta.dirname, '../../../packaging/windows');
const admx = readFileSync(join(folder, 'instruire.admx'), 'utf8');
const adml = readFileSync(join(folder, 'fr-FR/instruire.adml'), 'utf8');
const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/deploiement.md'), 'utf8');
const allOf = (pattern: RegExp, text: string): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

it('the group policy offers every setting of the machine policy, and no other', () => {
  const offered = allOf(/<policy name="(\w+)"/g, admx).map((name) => name.split('_')[0] ?? '');
  expect([...new Set(offered)].sort()).toEqual([...policyKeys].sort());
});

it('each sentence and each form that it names is in its French resources', () => {
  const strings = new Set(allOf(/<string id="(\w+)"/g, adml));
  const forms = new Set(allOf(/<presentation id="(\w+)"/g, adml));
  expect(allOf(/\$\(string\.(\w+)\)/g, admx).filter((id) => !strings.has(id))).toEqual([]);
  expect(allOf(/\$\(presentation\.(\w+)\)/g, admx).filter((id) => !forms.has(id))).toEqual([]);
  expect(allOf(/refId="(\w+)"/g, adml).filter((id) => !admx.includes(`id="${id}"`))).toEqual([]);
});

it('the guide of the IT desk tells every setting', () => {
  expect(policyKeys.filter((key) => !guide.includes(`\`${key}\``))).toEqual([]);
});

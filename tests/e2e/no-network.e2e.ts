import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, waitUntilReady } from '../support/app';
import { checkEverything, row } from '../support/diagnostics';
import { createFirstAccount } from '../support/steps';

test('without any network each line says its state, and one says what to mend', async () => {
  const policyFile = join(mkdtempSync(join(tmpdir(), 'instruire-policy-')), 'policy.json');
  // A name that no resolver has (RFC 2606), as each is once the cable is out; what is on this machine goes on.
  writeFileSync(policyFile, JSON.stringify({ environment: 'gateway', gatewayUrl: 'https://passerelle.invalid', proxyMode: 'direct' }));
  const running = await launchApp({ env: { INSTRUIRE_POLICY_FILE: policyFile } });
  const page = running.window;
  try {
    await waitUntilReady(page);
    await createFirstAccount(page);
    await checkEverything(page);
    await expect(page.getByRole('status').filter({ hasText: /^Vérification terminée/ })).toBeAttached();
    await expect(row(page, 'Nom du service').getByText('En défaut')).toBeVisible();
    await expect(row(page, 'Nom du service').getByText('Le nom du site n’a pas été trouvé sur le réseau.')).toBeVisible();
    await expect(row(page, 'Nom du service').getByText(/Vérifiez que ce poste est connecté/)).toBeVisible();
    for (const title of ['Connexion', 'Certificat', 'Horloge', 'API Entreprise', 'Fournisseurs']) {
      await expect(row(page, title).getByText('Sans objet')).toBeVisible();
      await expect(row(page, title).getByText(/dépend de «\s*Nom du service\s*», qui est en défaut/)).toBeVisible();
    }
    for (const title of ['Proxy', 'Trousseau', 'Bases de données', 'Disque']) await expect(row(page, title).getByText(/^(En ordre|À surveiller)$/)).toBeVisible();
  } finally {
    await discardApp(running);
  }
});

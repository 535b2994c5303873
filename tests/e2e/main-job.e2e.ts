import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { launchApp, projectRoot, removeUserData, waitUntilReady } from '../support/app';
import { runMainJob } from '../support/main-job';

test('the main job: look up, download, see the justified trace, export it', async () => {
  test.setTimeout(180_000);
  const running = await launchApp();
  const folder = mkdtempSync(join(tmpdir(), 'instruire-main-job-'));
  try {
    await waitUntilReady(running.window);
    await runMainJob(running, { folder, picture: () => Promise.resolve(), say: () => undefined });
    checkDocuments(folder);
    checkCsv(readFileSync(join(folder, 'historique.csv')));
    checkJsonLines(join(folder, 'historique.jsonl'));
  } finally {
    await running.close();
    removeUserData(folder);
    removeUserData(running.userData);
  }
});

function checkDocuments(folder: string): void {
  const text = (file: string): string => execFileSync('pdftotext', [join(folder, file), '-'], { encoding: 'utf8' });
  expect(text('attestation-fiscale.pdf')).toMatch(/Attestation de régularité fiscale/);
  expect(text('attestation-vigilance.pdf')).toMatch(/\b[A-Z0-9]{15}\b/);
  const pages = execFileSync('pdfinfo', [join(folder, 'bilan.pdf')], { encoding: 'utf8' });
  expect(Number(/Pages:\s+(\d+)/.exec(pages)?.[1])).toBeGreaterThan(1);
}

/** What Excel-fr needs to open the file right, and one line a call with its justification. */
function checkCsv(bytes: Buffer): void {
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').slice(1).split('\r\n').filter(Boolean);
  const fiscal = lines.filter((line) => line.includes('Attestation fiscale') || line.includes('attestation_fiscale'));
  expect(fiscal.length).toBeGreaterThanOrEqual(2);
  for (const line of fiscal) {
    expect(line).toContain('Camille Rivière');
    expect(line).toContain('MAPA-2026-014');
    expect(line).toContain('Marchés publics');
    expect(line.split(';').length).toBeGreaterThan(10);
  }
}

/** The export proves itself to a program that knows nothing of the application; one changed letter is caught. */
function checkJsonLines(path: string): void {
  const verify = (file: string): string =>
    execFileSync(process.execPath, [join(projectRoot, 'scripts/verify-journal.mjs'), file], { encoding: 'utf8' });
  expect(verify(path)).toMatch(/\S/);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
  expect(text).not.toContain('/proxy/files/');
}

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { askForErasure, finishErasure } from '../../electron/erasure/erase';
import { bundleProgram, runAndKill } from './killed-process';

const KILLS = 20;
const LONGEST_LIFE_MS = 40;
const DOCUMENTS = 1_500;
const KEY_FILES = ['instruire.db', 'instruire.db-wal', 'data.key', 'data-sauvegarde.key', 'Local State'];

let script: string;
beforeAll(async () => {
  script = await bundleProgram('erasure-process');
});
afterAll(() => rmSync(script, { force: true }));

function fill(folder: string, logs: string): void {
  for (const name of ['documents', 'supplied-pieces', 'Cache']) mkdirSync(join(folder, name), { recursive: true });
  mkdirSync(logs, { recursive: true });
  for (const name of [...KEY_FILES, 'journal.db', 'journal.db.head', 'instruire.settings.json', 'window.json', 'SingletonLock', 'SingletonCookie']) writeFileSync(join(folder, name), randomBytes(64));
  for (let rank = 0; rank < DOCUMENTS; rank += 1) writeFileSync(join(folder, 'documents', `${rank}.sealed`), randomBytes(64));
  writeFileSync(join(logs, 'instruire.log'), 'a line');
}

describe('an erasure killed at random points', () => {
  it('is ended by the next start, keys first, and never taken for ended before', async () => {
    let stoppedHalfWay = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const parent = mkdtempSync(join(tmpdir(), 'erasure-chaos-'));
      const [folder, logs] = [join(parent, 'data'), join(parent, 'logs')];
      fill(folder, logs);
      askForErasure(folder);
      await runAndKill(script, folder, LONGEST_LIFE_MS, logs);
      const left = readdirSync(folder);
      const isEnded = !left.includes('effacement-demande');
      if (!isEnded && left.length > 3) stoppedHalfWay += 1;
      // What cannot be opened any more is all that may remain once anything has gone.
      if (!existsSync(join(folder, 'journal.db'))) expect(left.filter((name) => KEY_FILES.includes(name))).toEqual([]);
      expect(finishErasure({ userDataPath: folder, otherFolders: [logs], forgetKeychain: () => undefined })).toBe(!isEnded);
      expect(readdirSync(folder).sort()).toEqual(['SingletonCookie', 'SingletonLock']);
      expect(existsSync(logs)).toBe(false);
      rmSync(parent, { recursive: true, force: true });
    }
    expect(stoppedHalfWay).toBeGreaterThan(0);
  });
});

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Vitest's global setup: `npm run pack` once, for every test of the packed application. */
export default function pack(): void {
  const script = resolve(import.meta.dirname, '../../scripts/pack.mjs');
  const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`the application could not be packed (exit ${status})`);
}

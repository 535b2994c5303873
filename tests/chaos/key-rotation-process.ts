import { writeSync } from 'node:fs';

import { resealAll } from '../../electron/storage/key-rotation';
import { openKept } from './kept-data';

/** Killed at a random moment by `key-rotation.chaos.test.ts`: changes the key without end, and goes on from where it was stopped. */
const [folder = ''] = process.argv.slice(2);
const { ring, answers, store } = openKept(folder);
writeSync(1, 'open\n');
for (;;) {
  if (!ring.hasFormerKeys()) ring.addKey();
  await resealAll(ring, [answers.sealedItems, store.sealedItems], { signal: new AbortController().signal, onProgress: () => undefined });
  writeSync(1, 'rotated\n');
}

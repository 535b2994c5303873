import { writeSync } from 'node:fs';

import { finishErasure } from '../../electron/erasure/erase';

/** Killed at a random moment by `erasure.chaos.test.ts`: ends an erasure, as a start does. */
const [folder = '', logs = ''] = process.argv.slice(2);
writeSync(1, 'open\n');
finishErasure({ userDataPath: folder, otherFolders: [logs], forgetKeychain: () => undefined });
writeSync(1, 'erased\n');
setInterval(() => undefined, 1_000);

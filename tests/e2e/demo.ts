import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { test } from '@playwright/test';

import { discardApp, launchApp, projectRoot, waitUntilReady } from '../support/app';
import { runMainJob } from '../support/main-job';

/** The main job, run by itself where there is no display: pictures, PDFs and exports stay in `demo-output/`. */
test('main job in the sandbox', async () => {
  test.setTimeout(240_000);
  const folder = join(projectRoot, 'demo-output');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const running = await launchApp();
  try {
    await waitUntilReady(running.window);
    await runMainJob(running, {
      folder,
      picture: async (name) => {
        // Nothing hovered: the picture shows the screen, not a tooltip.
        await running.window.mouse.move(0, 0);
        await running.window.screenshot({ path: join(folder, `${name}.png`) });
      },
      say: (line) => console.log(`  • ${line}`),
    });
    console.log(`\n  Everything is in ${folder}`);
  } finally {
    await discardApp(running);
  }
});

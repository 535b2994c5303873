import { defineConfig } from '@playwright/test';

/** One real window at a time: each test has its own user data, its own sandbox, its own keychain session. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  projects: [
    { name: 'e2e', testMatch: '*.e2e.ts' },
    { name: 'demo', testMatch: 'demo.ts' },
    { name: 'guide', testMatch: 'guide.ts' },
  ],
});

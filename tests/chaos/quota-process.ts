import { writeSync } from 'node:fs';
import { join } from 'node:path';

import { createDispatcher, createHttpClient } from '../../electron/http';
import { createQuotaService, databaseQuotaStore, fileIpWindow, quotaSchema, systemScheduler } from '../../electron/quota';
import { systemClock } from '../../electron/storage/clock';
import { type Database, openDatabase } from '../../electron/storage/database';
import { callUntilAccepted } from './quota-caller';

/**
 * Started and killed by `quota.chaos.test.ts`: `consume` calls the service without end, `ip` takes units of the
 * address's window until it is spent, once a line came in.
 */
// As the product's main process does.
process.umask(0o077);

const CALLERS = 20;
const [work = '', folder = '', ...rest] = process.argv.slice(2);

/** The database is held by the caller: a connection that nobody holds is closed. */
function consume(database: Database, apiUrl: string, windowMs: number): void {
  const http = createHttpClient({ dispatcher: createDispatcher(), userAgent: 'chaos' });
  const scheduler = systemScheduler(systemClock);
  const quota = createQuotaService({
    ...{ scheduler, windowMs },
    store: databaseQuotaStore(database),
    environment: () => 'sandbox',
    titleOf: () => '',
  });
  const callWithoutEnd = async (): Promise<void> => {
    while (database.isOpen) await callUntilAccepted(quota, http, apiUrl);
  };
  for (let caller = 0; caller < CALLERS; caller += 1) void callWithoutEnd();
  // Alarms of the quota keep no process alive; the wait for its end does.
  process.stdin.resume();
  writeSync(1, 'ready\n');
}

/** In small draws, so that processes meet often. */
const DRAW = 3;

function takeIpUnits(limit: number, windowIndex: number): void {
  const window = fileIpWindow(folder, limit);
  // Before the start is given: each process takes part, however the machine shares its processors.
  let taken = window.take('production', windowIndex, DRAW);
  writeSync(1, 'ready\n');
  process.stdin.once('data', () => {
    for (let granted = window.take('production', windowIndex, DRAW); granted > 0; granted = window.take('production', windowIndex, DRAW)) taken += granted;
    writeSync(1, `${taken}\n`);
    process.exit(0);
  });
}

const database = work === 'consume' ? openDatabase(join(folder, 'instruire.db'), [quotaSchema]).database : null;
if (database) consume(database, String(rest[0]), Number(rest[1]));
else takeIpUnits(Number(rest[0]), Number(rest[1]));

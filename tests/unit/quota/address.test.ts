import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fileIpWindow, IP_BUDGET_PER_WINDOW, ownIpWindow } from '../../../electron/quota';
import { ask, build, headersAt, START } from './support';
import { claimOf, okAnswer } from './simulation';

describe('window of the address shared by two sessions', () => {
  let folder = '';
  const file = (): string => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file');
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'quota-ip-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a folder that cannot be made', () => join(file(), 'folder')],
  ])('leaves a session that meets %s alone with a quarter of it', (_name, place) => {
    const window = fileIpWindow(place(), 100);
    expect([window.take('production', 7, 20), window.take('production', 7, 20), window.take('production', 8, 20)]).toEqual([20, 5, 20]);
  });

  it('starts again in the same file when a killed session left it damaged', () => {
    writeFileSync(join(folder, 'ip-window.db'), 'not a database, and longer than its header would be'.repeat(50));
    expect(fileIpWindow(folder, 100).take('production', 7, 60)).toBe(60);
    expect(fileIpWindow(folder, 100).take('production', 7, 60)).toBe(40);
  });

  it.each([0, 1, 2])('starts again where a session was killed between two pages of a write (page %i written late)', (page) => {
    const path = join(folder, 'ip-window.db');
    const window = fileIpWindow(folder, 100);
    window.take('production', 7, 10);
    const before = readFileSync(path);
    window.take('production', 7, 10);
    const torn = readFileSync(path);
    const pageBytes = before.readUInt16BE(16);
    before.copy(torn, page * pageBytes, page * pageBytes, (page + 1) * pageBytes);
    writeFileSync(path, torn);
    expect(fileIpWindow(folder, 100).take('production', 8, 100)).toBe(100);
  });

  it('is shared again once the file can serve', () => {
    const blocked = join(folder, 'later');
    writeFileSync(blocked, '');
    const window = fileIpWindow(blocked, 100);
    window.take('production', 7, 1);
    rmSync(blocked);
    for (let take = 0; take < 20; take += 1) window.take('production', 7, 1);
    window.take('production', 7, 60);
    expect(fileIpWindow(blocked, 100).take('production', 7, 60)).toBe(40);
  });

  it('is never overrun by both together', () => {
    const one = fileIpWindow(folder, 25);
    const other = fileIpWindow(folder, 25);
    const granted = [one.take('production', 7, 10), other.take('production', 7, 10), one.take('production', 7, 10), other.take('production', 7, 10)];
    expect(granted).toEqual([10, 10, 5, 0]);
    expect(other.take('production', 8, 10)).toBe(10);
  });
});

describe('window of the address', () => {
  /** Each may send 250 calls a minute, and the address 1,000 with all of them; what each has used in either minute. */
  const tokens = Array.from({ length: 8 }, (_, rank) => ({ tokenKey: `tok-${rank}`, habilitationId: `hab-${rank}`, used: [0, 0] }));

  it('holds all tokens together, leaves a margin to what this machine cannot see, and opens with the minute', async () => {
    const { quota, scheduler } = build();
    const calls = tokens.flatMap((token) => Array.from({ length: 240 }, () => ({ asked: ask(quota, claimOf('batch', { tokenKey: token.tokenKey, habilitationId: token.habilitationId })), used: token.used })));
    const sent = [0, 0];
    while (scheduler.now() < START + 75_000) {
      await scheduler.runUntil(scheduler.now() + 100);
      const window = scheduler.now() < START + 60_000 ? 0 : 1;
      for (const { asked, used } of calls.filter(({ asked: { permit } }) => permit)) {
        sent[window] = (sent[window] ?? 0) + 1;
        used[window] = (used[window] ?? 0) + 1;
        asked.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 250 - (used[window] ?? 0))));
        asked.permit = null;
      }
    }
    expect(sent).toEqual([IP_BUDGET_PER_WINDOW, IP_BUDGET_PER_WINDOW]);
    expect(IP_BUDGET_PER_WINDOW).toBe(950);
  });

  it('that opens counts the calls of the former one that are still on their way', async () => {
    const taken: { readonly windowIndex: number; readonly wanted: number }[] = [];
    const own = ownIpWindow(IP_BUDGET_PER_WINDOW);
    const { quota, scheduler } = build({ ipWindow: { take: (environment, windowIndex, wanted) => (taken.push({ windowIndex, wanted }), own.take(environment, windowIndex, wanted)) } });
    const scout = ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 57_000);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 249)));
    const onTheirWay = Array.from({ length: 100 }, () => ask(quota, claimOf('batch')));
    await scheduler.runUntil(START + 58_000);
    expect(onTheirWay.every(({ permit }) => permit)).toBe(true);
    await scheduler.runUntil(START + 63_000);
    ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 63_100);
    const [first] = taken.filter(({ windowIndex }) => windowIndex === taken.at(-1)?.windowIndex);
    expect(first?.windowIndex).toBe((taken[0]?.windowIndex ?? 0) + 1);
    expect(first?.wanted).toBeGreaterThan(100);
  });

  it('is aligned on the service’s clock, not on this machine’s', async () => {
    const indexes: number[] = [];
    const { quota, scheduler } = build({ ipWindow: { take: (_environment, windowIndex, wanted) => (indexes.push(windowIndex), wanted) } });
    const scout = ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 100);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now() + 3_600_000, 250, 249)));
    Array.from({ length: 20 }, () => ask(quota, claimOf('batch')));
    await scheduler.runUntil(START + 200);
    expect(indexes.at(-1)).toBe(Math.floor((START + 3_600_000) / 60_000));
  });

  it('on file may already be the next one, for a session whose clock is ahead: it is shared', () => {
    const shared = mkdtempSync(join(tmpdir(), 'quota-ahead-'));
    const [ahead, behind] = [fileIpWindow(shared, 25), fileIpWindow(shared, 25)];
    expect([ahead.take('production', 8, 20), behind.take('production', 7, 20), ahead.take('production', 8, 20)]).toEqual([20, 5, 0]);
    rmSync(shared, { recursive: true });
  });
});

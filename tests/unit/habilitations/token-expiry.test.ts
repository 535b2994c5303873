import fc from 'fast-check';
import { expect, it } from 'vitest';

import { tokenState } from '../../../electron/habilitations/token-expiry';
import { NOTICE_DAYS, noticeThreshold } from '../../../shared/domain/token-notice';

const nowMs = Date.UTC(2026, 0, 5);
const inDays = (days: number) => new Date(nowMs + days * 86_400_000).toISOString();

it('tells of the end at 90, 60, 30, 14, 7 and 1 days', () => {
  const thresholds = [91, 90, 61, 60, 30, 29, 14, 7, 2, 1, 0].map((days) => noticeThreshold(inDays(days), nowMs));
  expect(thresholds).toEqual([null, 90, 90, 60, 30, 30, 14, 7, 7, 1, 1]);
  expect(noticeThreshold(null, nowMs)).toBeNull();
});

it('a notice never goes back to a farther threshold as time passes', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 400, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), (days, later) => {
      const before = noticeThreshold(inDays(days), nowMs) ?? Infinity;
      const after = noticeThreshold(inDays(days), nowMs + later * 86_400_000) ?? Infinity;
      return after <= before && (before === Infinity || (NOTICE_DAYS as readonly number[]).includes(before));
    }),
  );
});

it('an unknown end is not an end, and a refusal wins over a far end', () => {
  expect(tokenState({ expiresAt: null, refusedCode: null }, nowMs)).toBe('active');
  expect(tokenState({ expiresAt: inDays(90), refusedCode: null }, nowMs)).toBe('expiring');
  expect(tokenState({ expiresAt: inDays(91), refusedCode: null }, nowMs)).toBe('active');
  expect(tokenState({ expiresAt: inDays(0), refusedCode: null }, nowMs)).toBe('expired');
  expect(tokenState({ expiresAt: inDays(400), refusedCode: '00105' }, nowMs)).toBe('revoked');
  expect(tokenState(undefined, nowMs)).toBe('missing');
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { gathering } from '../../../renderer/features/company/gathering';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const applied: (readonly string[])[] = [];
  return { applied, change: gathering<string>((changes) => void applied.push(changes)) };
}

it('applies together, in order, what is told within the time given', () => {
  const { applied, change } = start();
  for (const name of ['a', 'b', 'c']) change(name, 200);
  vi.advanceTimersByTime(199);
  expect(applied).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(applied).toEqual([['a', 'b', 'c']]);
});

it('takes along what waits when something urgent comes, once', () => {
  const { applied, change } = start();
  change('progress', 200);
  change('answer', 16);
  change('late', 200);
  vi.advanceTimersByTime(16);
  expect(applied).toEqual([['progress', 'answer', 'late']]);
  vi.advanceTimersByTime(1_000);
  expect(applied).toHaveLength(1);
  change('next', 50);
  vi.advanceTimersByTime(50);
  expect(applied[1]).toEqual(['next']);
});

it('spreads over several tasks more than may be applied together, in order', () => {
  const applied: (readonly string[])[] = [];
  const change = gathering<string>((changes) => void applied.push(changes), 2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) change(name, 16);
  vi.advanceTimersByTime(16);
  expect(applied).toEqual([['a', 'b']]);
  vi.advanceTimersToNextTimer();
  change('f', 200);
  vi.advanceTimersByTime(20);
  expect(applied).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f']]);
});

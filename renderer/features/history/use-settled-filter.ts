import { useEffect, useRef, useState } from 'react';

import { hasRight, type Role } from '../../../shared/domain/rights';
import { type FilterValues, noFilter } from './filter-values';

const TYPING_MS = 250;
/** Each filter that shows lines of other agents leaves an event: half a word is no filter. */
const TRACED_TYPING_MS = 1_000;

export interface SettledFilter {
  /** What the fields hold. */
  readonly values: FilterValues;
  /** What is looked for: what is chosen at once, what is typed once the hand rests, leaves the field or strikes Enter. */
  readonly settled: FilterValues;
  readonly change: (next: FilterValues) => void;
  readonly settle: () => void;
}

export function useSettledFilter(role: Role): SettledFilter {
  const [values, setValues] = useState(noFilter);
  const [settled, setSettled] = useState(noFilter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: FilterValues): void => {
    clearTimeout(timer.current);
    setValues(next);
    if (isTyped(values, next)) timer.current = setTimeout(() => setSettled(next), hasRight(role, 'journal.all') ? TRACED_TYPING_MS : TYPING_MS);
    else setSettled(next);
  };
  const settle = (): void => {
    clearTimeout(timer.current);
    setSettled(values);
  };
  return { values, settled, change, settle };
}

function isTyped(before: FilterValues, next: FilterValues): boolean {
  return next !== noFilter && (next.text !== before.text || next.identifier !== before.identifier);
}

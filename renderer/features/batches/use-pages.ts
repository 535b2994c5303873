import { useCallback, useEffect, useRef, useState } from 'react';

import { messageOf } from '../../app/bridge';

export interface PageRead<T> {
  /** Undefined where the reader does not count. */
  readonly total?: number;
  readonly rows: readonly T[];
}

export interface Pages<T> {
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly problem: string | null;
  readonly rowAt: (index: number) => T | undefined;
  /** Fetches what is missing of a range of rows. */
  readonly show: (first: number, last: number) => void;
  /** Reads again what is in sight, and forgets the rest. */
  readonly refresh: () => void;
}

interface State<T> {
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly T[]>;
  readonly problem: string | null;
}

/** Pages kept around what is in sight: memory does not grow with the list. */
const KEPT_PAGES = 12;

/** Rows of a long list, by pages, wherever the reader scrolls. `key` says when `read` asks for something else. */
export function usePages<T>(read: (offset: number) => Promise<PageRead<T>>, pageSize: number, key: string, knownTotal: number | null = null): Pages<T> {
  const [state, setState] = useState<State<T>>({ total: knownTotal, pages: new Map(), problem: null });
  const reading = useRef(new Set<number>());
  const generation = useRef(0);
  const range = useRef<readonly [number, number]>([0, 0]);
  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });
  const load = useCallback(
    (page: number): void => {
      if (reading.current.has(page)) return;
      reading.current.add(page);
      const current = generation.current;
      reader.current(page * pageSize).then(
        ({ total, rows }) => {
          reading.current.delete(page);
          if (current === generation.current) setState((before) => ({ total: total ?? before.total, problem: null, pages: withPage(before.pages, page, rows, range.current) }));
        },
        (error: unknown) => {
          reading.current.delete(page);
          setState((before) => ({ ...before, problem: messageOf(error) }));
        },
      );
    },
    [pageSize],
  );
  const show = useCallback((first: number, last: number): void => {
    range.current = [Math.floor(first / pageSize), Math.floor(Math.max(first, last) / pageSize)];
    for (let page = range.current[0]; page <= range.current[1]; page += 1) if (!state.pages.has(page)) load(page);
  }, [load, pageSize, state.pages]);
  const refresh = useCallback((): void => {
    for (let page = range.current[0]; page <= range.current[1]; page += 1) load(page);
  }, [load]);
  useEffect(() => {
    generation.current += 1;
    reading.current.clear();
    range.current = [0, 0];
    setState({ total: knownTotal, pages: new Map(), problem: null });
    load(0);
  }, [key, knownTotal, load]);
  const rowAt = useCallback((index: number): T | undefined => state.pages.get(Math.floor(index / pageSize))?.[index % pageSize], [state.pages, pageSize]);
  return { total: state.total, problem: state.problem, rowAt, show, refresh };
}

function withPage<T>(pages: ReadonlyMap<number, readonly T[]>, page: number, rows: readonly T[], [first, last]: readonly [number, number]): ReadonlyMap<number, readonly T[]> {
  const kept = [...pages].filter(([one]) => Math.abs(one - (first + last) / 2) <= KEPT_PAGES / 2);
  return new Map([...kept, [page, rows]]);
}

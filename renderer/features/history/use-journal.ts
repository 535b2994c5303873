import { useCallback, useEffect, useRef, useState } from 'react';

import { callMain, messageOf, onMain } from '../../app/bridge';
import type { JournalFilter, JournalLine } from './journal-text';

const PAGE_SIZE = 200;
const SETTLE_MS = 400;

interface Pages {
  readonly lines: readonly JournalLine[];
  readonly total: number | null;
  readonly problem: string | null;
}

const nothingYet: Pages = { lines: [], total: null, problem: null };

/** Lines of a filter, the latest first, fetched page by page as the list is scrolled; calls that end meanwhile show at once. */
export function useJournal(filter: JournalFilter): Pages & { readonly loadMore: () => void } {
  const key = JSON.stringify(filter);
  const [pages, setPages] = useState<Pages>(nothingYet);
  const loading = useRef<string | null>(null);
  const load = useCallback(
    async (beforeSeq: number | undefined): Promise<void> => {
      const ticket = `${key}@${beforeSeq ?? ''}`;
      if (loading.current === ticket) return;
      loading.current = ticket;
      try {
        const page = await callMain('journal.search', { filter: JSON.parse(key) as JournalFilter, limit: PAGE_SIZE, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
        if (loading.current !== ticket) return;
        setPages((before) => ({ lines: beforeSeq === undefined ? page.lines : [...before.lines, ...page.lines], total: page.total, problem: null }));
      } catch (error) {
        setPages((before) => ({ ...before, problem: messageOf(error) }));
      }
    },
    [key],
  );
  const restart = useCallback(() => {
    loading.current = null;
    void load(undefined);
  }, [load]);
  useEffect(restart, [restart]);
  // Whoever has scrolled to older pages keeps his place.
  useCallsSettled(restart, pages.lines.length <= PAGE_SIZE);
  const last = pages.lines.at(-1)?.seq;
  const hasMore = pages.total !== null && pages.lines.length < pages.total;
  const loadMore = useCallback(() => {
    if (hasMore && last !== undefined) void load(last);
  }, [hasMore, last, load]);
  return { ...pages, loadMore };
}

/** Runs `act` once the calls under way pause for a moment. */
function useCallsSettled(act: () => void, isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onMain('consultation.progress', () => {
      clearTimeout(timer);
      timer = setTimeout(act, SETTLE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [act, isWanted]);
}

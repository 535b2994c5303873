import { useCallback, useEffect, useRef, useState } from 'react';

import type { ChannelInput } from '../../../shared/ipc';
import { callMain, messageOf } from '../../app/bridge';
import type { Dossier } from './dossier-rows';

export type DossierQuery = Omit<ChannelInput<'dossiers.list'>, 'limit' | 'offset'>;

interface Pages {
  readonly dossiers: readonly Dossier[];
  /** Null while the first page is read. */
  readonly total: number | null;
  readonly problem: string | null;
}

const PAGE_SIZE = 100;
const nothingYet: Pages = { dossiers: [], total: null, problem: null };

/** Dossiers of a query, fetched page by page as the list is scrolled. */
export function useDossierPages(query: DossierQuery): Pages & { readonly loadMore: () => void } {
  const key = JSON.stringify(query);
  const [pages, setPages] = useState<Pages>(nothingYet);
  const loading = useRef<string | null>(null);
  const load = useCallback(
    async (offset: number): Promise<void> => {
      const ticket = `${key}@${offset}`;
      if (loading.current === ticket) return;
      loading.current = ticket;
      try {
        const page = await callMain('dossiers.list', { ...(JSON.parse(key) as DossierQuery), limit: PAGE_SIZE, offset });
        // The filter changed meanwhile: this page belongs to another list.
        if (loading.current !== ticket) return;
        setPages((before) => ({ dossiers: offset === 0 ? page.dossiers : [...before.dossiers, ...page.dossiers], total: page.total, problem: null }));
      } catch (error) {
        setPages((before) => ({ ...before, problem: messageOf(error) }));
      }
    },
    [key],
  );
  useEffect(() => {
    loading.current = null;
    void load(0);
  }, [load]);
  const shown = pages.dossiers.length;
  const hasMore = pages.total !== null && shown < pages.total;
  const loadMore = useCallback(() => {
    if (hasMore) void load(shown);
  }, [hasMore, shown, load]);
  return { ...pages, loadMore };
}

import { useCallback, useEffect, useState } from 'react';

import { messageOf } from '../app/bridge';

export interface Loaded<T> {
  readonly value: T | null;
  readonly problem: string | null;
  readonly reload: () => void;
  readonly replace: (value: T) => void;
}

/** Reads something from main when the screen opens and when `key` changes; an answer that comes too late is dropped. */
export function useLoaded<T>(read: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<{ readonly value: T | null; readonly problem: string | null }>({ value: null, problem: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    read().then(
      (value) => current && setState({ value, problem: null }),
      (error: unknown) => current && setState((before) => ({ ...before, problem: messageOf(error) })),
    );
    return () => {
      current = false;
    };
    // `key` says when `read` asks for something else
  }, [key, turn]);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const replace = useCallback((value: T) => setState({ value, problem: null }), []);
  return { ...state, reload, replace };
}

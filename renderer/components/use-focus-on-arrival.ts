import { type RefObject, useEffect, useRef } from 'react';

/** Gives the focus to what a window shows only once it has been read, or once it is what is wanted: when the window opened, there was nothing to give it to. */
export function useFocusOnArrival<T extends HTMLElement>(isWanted = true): RefObject<T | null> {
  const arrived = useRef<T>(null);
  useEffect(() => {
    if (isWanted) arrived.current?.focus();
  }, [isWanted]);
  return arrived;
}

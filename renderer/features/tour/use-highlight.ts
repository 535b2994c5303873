import { useEffect } from 'react';

import type { TourTarget } from './tour-steps';

const MARK = 'data-tour-target';

/** Frames what the step points at, as soon as the screen shows it and as long as it does. */
export function useHighlight(target: TourTarget | undefined): void {
  useEffect(() => {
    const screen = document.getElementById('contenu');
    if (!target || !screen) return;
    let marked: Element | null = null;
    const mark = (): void => {
      const found = find(screen, target);
      if (found === marked) return;
      marked?.removeAttribute(MARK);
      marked = found;
      found?.setAttribute(MARK, '');
      // Once the screen that opens has gone back to its top.
      requestAnimationFrame(() => found?.scrollIntoView({ block: 'center' }));
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(screen, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      marked?.removeAttribute(MARK);
    };
  }, [target]);
}

function find(screen: Element, { selector, text = '' }: TourTarget): Element | null {
  return [...screen.querySelectorAll(selector)].find((element) => element.textContent.trim().startsWith(text)) ?? null;
}

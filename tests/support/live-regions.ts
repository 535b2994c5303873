import type { Page } from '@playwright/test';

/** Something that a screen reader says by itself, wherever the focus is. */
export interface Said {
  /** An assertive word cuts what is being said; a polite one waits for its end. */
  readonly urgency: 'polite' | 'assertive';
  readonly words: string;
}

interface Listening {
  heard?: Said[];
}

/** From now on, keeps what the live regions of the page say: a region that comes with words, or whose words change. */
export async function listen(window: Page): Promise<void> {
  await window.evaluate(() => {
    const page = globalThis as Listening;
    if (page.heard !== undefined) {
      page.heard.length = 0;
      return;
    }
    const heard: Said[] = [];
    page.heard = heard;
    const LIVE = '[role="status"], [role="alert"], [role="log"], [aria-live]';
    const urgencyOf = (region: Element): string => region.getAttribute('aria-live') ?? (region.role === 'alert' ? 'assertive' : 'polite');
    const isHeard = (region: Element): boolean => region.checkVisibility() && region.closest('[aria-hidden="true"], [inert]') === null;
    // The words of a region within another are said by the nearest alone.
    const wordsOf = (region: Element): string => {
      const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT, ({ parentElement }) => (parentElement?.closest(LIVE) === region && parentElement.closest('[aria-hidden="true"], button') === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
      const parts: string[] = [];
      while (walker.nextNode() !== null) parts.push(walker.currentNode.textContent ?? '');
      return parts.join(' ').replaceAll(/\s+/g, ' ').trim();
    };
    let before = new Map<Element, string>();
    const compare = (): void => {
      const now = new Map([...document.querySelectorAll(LIVE)].filter(isHeard).map((region) => [region, wordsOf(region)]));
      for (const [region, words] of now) {
        const urgency = urgencyOf(region);
        if (words !== '' && words !== before.get(region) && (urgency === 'polite' || urgency === 'assertive')) heard.push({ urgency, words });
      }
      before = now;
    };
    compare();
    heard.length = 0;
    new MutationObserver(compare).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ['aria-live', 'role', 'aria-hidden', 'style', 'class', 'hidden'] });
  });
}

/** What was said since the last `listen`, in its order. */
export function said(window: Page): Promise<readonly Said[]> {
  return window.evaluate(() => (globalThis as Listening).heard ?? []);
}

import type { Page } from '@playwright/test';

/** Data, whose signs are their own: lines of a list as the agent gave them, names as the service answers them. */
const AS_GIVEN = 'MAPA-2026-014$|^Convention collective nationale';

/** Texts in sight that a line could break before a sign that goes with what precedes it, or after «. */
export function breakableTexts(window: Page): Promise<readonly string[]> {
  return window.evaluate((given) => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const isBreakable = /« |\S [»:;!?%€](?!\w)/.test(text) && !new RegExp(given).test(text.trim());
      if (isBreakable && node.parentElement?.checkVisibility() === true) found.add(text.trim().slice(0, 160));
    }
    return [...found];
  }, AS_GIVEN);
}

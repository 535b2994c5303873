import type { Locator, Page } from '@playwright/test';

const MOST_STOPS = 200;

/** Goes from stop to stop until this one has the focus, as a hand on the Tab key does; at each stop the focus must be drawn. */
export async function tabTo(window: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    if ((await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement))) return;
    await window.keyboard.press('Tab');
    const undrawn = await undrawnFocus(window);
    if (undrawn !== null) throw new Error(`the focus is not drawn on ${undrawn}`);
  }
  throw new Error(`${target.toString()} cannot be reached with the Tab key`);
}

/** Reaches a button, a tab or a link and presses it. */
export async function pressOn(window: Page, target: Locator): Promise<void> {
  await tabTo(window, target);
  await window.keyboard.press('Enter');
}

/** What has the focus without showing it, in words; null when it shows. */
function undrawnFocus(window: Page): Promise<string | null> {
  return window.evaluate(() => {
    const element = document.activeElement;
    for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().iterations === 1) animation.finish();
    // Between the last stop and the first, the focus is on the window itself.
    if (element === null || element === document.body) return null;
    const isRinged = (one: Element | null): boolean => {
      if (one === null) return false;
      const { outlineStyle, boxShadow } = getComputedStyle(one);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    };
    // A field shows its focus with its border.
    const isBordered = (): boolean => {
      const swatch = document.body.appendChild(document.createElement('span'));
      swatch.style.color = getComputedStyle(element).getPropertyValue('--input-bd-focus');
      const { color } = getComputedStyle(swatch);
      swatch.remove();
      return swatch.style.color !== '' && getComputedStyle(element).borderColor === color;
    };
    // The mark of a segment is drawn by the label that follows its field.
    return isRinged(element) || isRinged(element.nextElementSibling) || isBordered() ? null : element.outerHTML.slice(0, 200);
  });
}

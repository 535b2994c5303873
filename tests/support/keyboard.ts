import type { Locator, Page } from '@playwright/test';

const MOST_STOPS = 200;

/** Goes from stop to stop until this one has the focus, as a hand on the Tab key does. */
export async function tabTo(window: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    if ((await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement))) return;
    await window.keyboard.press('Tab');
  }
  throw new Error(`${target.toString()} cannot be reached with the Tab key`);
}

/** Reaches a button, a tab or a link and presses it. */
export async function pressOn(window: Page, target: Locator): Promise<void> {
  await tabTo(window, target);
  await window.keyboard.press('Enter');
}

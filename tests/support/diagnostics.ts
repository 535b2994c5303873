import type { Locator, Page } from '@playwright/test';

import { goTo } from './steps';

export async function checkEverything(page: Page): Promise<void> {
  await goTo(page, 'Diagnostic');
  await page.getByRole('button', { name: 'Tout vérifier' }).click();
}

/** The line of one check, by its title. */
export function row(page: Page, title: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Vérifier : ${title}` }) });
}

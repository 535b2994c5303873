import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA, on which RGAA 4.1 stands, and the good practice that needs no exception here. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the screen as it stands, one line a rule and place; empty when nothing is. */
export async function accessibilityFaults(window: Page): Promise<string[]> {
  // Colours on their way from one state to the next are not the ones to measure.
  await window.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  await window.evaluate(axeSource);
  const { violations } = await window.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: unknown): Promise<AxeResults> } };
    return axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  }, tags);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** How far the page overflows sideways, in CSS pixels; what scrolls inside a frame of its own (a table) does not count. */
export function sidewaysOverflow(window: Page): Promise<number> {
  return window.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('main, header, footer, [role="dialog"]')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
}

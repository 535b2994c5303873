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
    return axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
  }, tags);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** How far the page overflows sideways, in CSS pixels; what scrolls inside a frame of its own (a table) does not count. */
export function sidewaysOverflow(window: Page): Promise<number> {
  return window.evaluate((selector) => Math.max(...[...document.querySelectorAll(selector)].map((box) => box.scrollWidth - box.clientWidth)), frames);
}

/** The elements that stick out of the page, to be told with a fault. */
export function stickingOut(window: Page): Promise<string[]> {
  return window.evaluate((selector) => {
    const boxes = [...document.querySelectorAll(selector)].filter((box) => box.scrollWidth > box.clientWidth);
    const elements = boxes.flatMap((box) => [...box.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > box.getBoundingClientRect().right + 1));
    return elements.slice(0, 8).map(({ tagName, className, textContent }) => `${tagName}.${String(className)} « ${textContent.slice(0, 30)} »`);
  }, frames);
}

const frames = 'html, main, header, footer, [role="dialog"]';

/** Spacing of WCAG 2.2, 1.4.12, imposed by a sheet of the reader's own, which no content policy forbids. */
export function imposeTextSpacing(window: Page): Promise<void> {
  return window.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
}

export function liftTextSpacing(window: Page): Promise<void> {
  return window.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
}

/** Words of buttons, titles and labels that their box cuts; a name shortened on purpose (an ellipsis) is told whole elsewhere. */
export function cutTexts(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const isCut = (element: Element): boolean => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      if (textOverflow === 'ellipsis' || element.clientWidth <= 1) return false;
      const isCutAcross = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
      return isCutAcross || (overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2);
    };
    return [...document.querySelectorAll('button, h1, h2, h3, h4, label, th, dt')].filter(isCut).map((element) => element.textContent);
  });
}

/** What takes the focus and would then be hidden, wholly, by something that stays in front (WCAG 2.2, 2.4.11). */
export function hiddenFocus(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const isHidden = (element: HTMLElement): boolean => {
      // What has the focus already would not come into sight by taking it.
      element.blur();
      element.focus();
      if (document.activeElement !== element) return false;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [across, down] = [[left + 2, (left + right) / 2, right - 2], [top + 2, (top + bottom) / 2, bottom - 2]] as const;
      const seen = across.flatMap((x) => down.map((y) => document.elementFromPoint(x, y)));
      // A field of a picked choice is drawn by its label.
      const drawn = [element, ...((element as HTMLInputElement).labels ?? []), element.parentElement];
      return !seen.some((one) => one !== null && drawn.some((part) => part !== null && (part.contains(one) || one.contains(part) && one.tagName !== 'BODY' && one.tagName !== 'HTML' && one.id !== 'root')));
    };
    // What is open over the screen keeps the focus to itself; a list of choices is walked from its field.
    const over = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].filter((one) => one.checkVisibility()).at(-1);
    if ([...document.querySelectorAll('[role="listbox"]')].some((one) => one.checkVisibility())) return [];
    const reachable = [...(over ?? document).querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')].filter(
      (element) => element.tabIndex >= 0 && !element.matches(':disabled, .skip-link') && element.checkVisibility() && element.closest('[inert], [aria-hidden="true"]') === null,
    );
    const before = document.activeElement as HTMLElement | null;
    const faults = reachable.filter(isHidden).map((element) => `focus hidden: ${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60) || element.outerHTML.slice(0, 120)}`);
    before?.focus();
    return faults;
  });
}

/** What would still move for whoever asked the system for less of it: longer than a hundredth of a second. */
export function longMotions(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const longest = (durations: string): number => Math.max(...durations.split(',').map((duration) => Number.parseFloat(duration)));
    const moves = (element: Element, part?: string): boolean => {
      const { transitionDuration, animationDuration } = getComputedStyle(element, part);
      return Math.max(longest(transitionDuration), longest(animationDuration)) > 0.01;
    };
    return [...document.querySelectorAll('*')]
      .filter((element) => moves(element) || moves(element, '::before') || moves(element, '::after'))
      .slice(0, 8)
      .map(({ tagName, className }) => `${tagName}.${String(className)} moves`);
  });
}

/** With imposed colours a ground is told by the system's own or not at all: what is chosen and does not wear it. */
export function unmarkedChoices(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const sample = document.createElement('span');
    sample.style.cssText = 'forced-color-adjust: none; background: Highlight';
    document.body.append(sample);
    const chosenGround = getComputedStyle(sample).backgroundColor;
    sample.remove();
    const chosen = [
      ...document.querySelectorAll('[role="tab"][aria-selected="true"], .menu-item[aria-current="page"], .step-item[aria-current="step"], .mantine-SegmentedControl-control[data-active]'),
      ...document.querySelectorAll('.mantine-Checkbox-input:checked, .mantine-Radio-radio:checked'),
      ...document.querySelectorAll('.mantine-Switch-input:checked + .mantine-Switch-track'),
    ];
    return chosen
      .filter((element) => element.checkVisibility() && getComputedStyle(element).backgroundColor !== chosenGround)
      .map((element) => `chosen, not seen: ${element.tagName}.${element.className} « ${element.textContent.slice(0, 30)} »`);
  });
}

import type { Page } from '@playwright/test';

import type { ChannelInput, ChannelName, ChannelOutput } from '../../../shared/ipc';
import type { Metric } from '../metric';

/** Asks main as a screen does. */
export async function askMain<C extends ChannelName>(page: Page, channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const result = await page.evaluate(([name, value]) => window.instruire.call(name as ChannelName, value as never), [channel, input] as const);
  if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
  return result.value as ChannelOutput<C>;
}

/** What the window's own observer notes, in the page. */
interface StallPage {
  stallsMs: number[];
}

/** Tasks of the window over 50 ms, moment by moment. */
export class StallWatch {
  readonly #moments: { readonly name: string; readonly stallsMs: readonly number[] }[] = [];

  /** To be called again after each load of the page. */
  async observe(page: Page): Promise<void> {
    await page.evaluate(() => {
      const noted = window as unknown as StallPage;
      noted.stallsMs = [];
      new PerformanceObserver((list) => noted.stallsMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
  }

  /** Durations of a moment and of its stalls; what happened before it is not counted. */
  async during(page: Page, name: string, act: () => Promise<void>): Promise<number> {
    await this.#take(page);
    const startedAt = performance.now();
    await act();
    const tookMs = performance.now() - startedAt;
    this.#moments.push({ name, stallsMs: await this.#take(page) });
    return tookMs;
  }

  metrics(): readonly Metric[] {
    const all = this.#moments.flatMap(({ stallsMs }) => stallsMs);
    return [
      ...this.#moments.map(({ name, stallsMs }): Metric => ({ metric: `longest_window_stall_ms_${name}`, value: Math.max(0, ...stallsMs), unit: 'ms' })),
      { metric: 'window_stalls_over_50_ms', value: all.length, unit: 'tasks' },
      { metric: 'longest_window_stall_ms', value: Math.max(0, ...all), unit: 'ms' },
    ];
  }

  /** The observer hears of a task a little after its end. */
  async #take(page: Page): Promise<readonly number[]> {
    await page.waitForTimeout(250);
    return page.evaluate(() => (window as unknown as StallPage).stallsMs.splice(0));
  }
}

/** Scrolls a table from its top to its end, a step a frame, then waits until the last rows are there. */
export async function scrollThrough(page: Page, label: string, steps: number): Promise<void> {
  await page.evaluate(
    async ([name, count]) => {
      const table = document.querySelector(`[role="table"][aria-label="${name}"]`);
      if (!table) throw new Error(`no table « ${name} »`);
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let step = 1; step <= count; step += 1) {
        table.scrollTop = ((table.scrollHeight - table.clientHeight) * step) / count;
        for (let frames = 0; frames < 6; frames += 1) await frame();
      }
      const isComplete = () => ![...table.querySelectorAll('[role="cell"]:first-child')].some((cell) => cell.textContent === '…');
      while (!isComplete()) await frame();
    },
    [label, steps] as const,
  );
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Follows the names of the windows that open on this display, as its server tells them: nothing is asked again and again. */
export class WindowNames {
  readonly #display = spawn('xev', ['-root', '-event', 'substructure'], { stdio: ['ignore', 'pipe', 'ignore'] });
  readonly #spies: ChildProcess[] = [];
  #onName: (name: string) => void = () => undefined;

  constructor() {
    let isMapped = false;
    createInterface(this.#display.stdout).on('line', (line) => {
      if (line.includes('Notify event')) isMapped = line.startsWith('MapNotify');
      const id = isMapped ? /window (0x[0-9a-f]+), override/.exec(line)?.[1] : undefined;
      if (id !== undefined) this.#follow(id);
    });
  }

  /** Resolves when a window takes a name like this one. @throws when none has after `withinMs`. */
  async named(name: RegExp, withinMs: number): Promise<void> {
    await new Promise<void>((found, missed) => {
      const timer = setTimeout(() => missed(new Error(`no window is named ${String(name)} after ${withinMs} ms`)), withinMs);
      this.#onName = (seen) => {
        if (!name.test(seen)) return;
        clearTimeout(timer);
        found();
      };
    });
  }

  close(): void {
    for (const child of [this.#display, ...this.#spies]) child.kill();
  }

  #follow(id: string): void {
    const spy = spawn('xprop', ['-id', id, '-spy', '_NET_WM_NAME'], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#spies.push(spy);
    createInterface(spy.stdout).on('line', (line) => this.#onName(line));
  }
}

/**
 * Gathers changes and applies them together, at the latest when the most urgent of them is due. Thirty
 * calls tell hundreds of steps: a screen redrawn at each of them would have time for nothing else.
 * More than `together` are applied in as many tasks as it takes: what they draw must not hold the screen.
 */
export function gathering<Change>(apply: (changes: readonly Change[]) => void, together = Infinity): (change: Change, withinMs: number) => void {
  let waiting: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;

  const flush = (): void => {
    const changes = waiting.slice(0, together);
    waiting = waiting.slice(together);
    timer = waiting.length > 0 ? setTimeout(flush) : undefined;
    dueAt = waiting.length > 0 ? performance.now() : Infinity;
    apply(changes);
  };
  return (change, withinMs) => {
    waiting.push(change);
    const due = performance.now() + withinMs;
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(flush, withinMs);
  };
}

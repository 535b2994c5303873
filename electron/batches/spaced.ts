const LOOKED_AT_EVERY_MS = 200;

/** News as often as somebody looks at them: a page of a long list is done in far less. `now`: milliseconds of any clock. */
export function spaced<A extends readonly unknown[]>(now: () => number, tell: (...news: A) => void, everyMs = LOOKED_AT_EVERY_MS): (...news: A) => void {
  let toldAt = -Infinity;
  return (...news) => {
    if (now() - toldAt < everyMs) return;
    toldAt = now();
    tell(...news);
  };
}

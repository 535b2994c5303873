/** Widens what would leave a hole: a card with nobody at its side. */
export function widths(needed: readonly boolean[]): boolean[] {
  const wide = [...needed];
  let rank = 0;
  while (rank < wide.length) {
    const paired = wide[rank] === false && wide[rank + 1] === false;
    if (!paired) wide[rank] = true;
    rank += paired ? 2 : 1;
  }
  return wide;
}

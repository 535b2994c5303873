/** Made once: a format costs far more to make than to use, and a long table has a date in every row. */
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** An instant as clocks in France showed it, as cells of a workbook hold it: `2026-11-25T14:03:07.000`. */
export function parisWallClock(instant: string): string {
  return `${format.format(new Date(instant)).replace(' ', 'T')}.000`;
}

/** The same as a French Excel reads it from text: `25/11/2026 14:03:07`. */
export function frenchWallClock(instant: string): string {
  const shown = parisWallClock(instant);
  return `${shown.slice(8, 10)}/${shown.slice(5, 7)}/${shown.slice(0, 4)} ${shown.slice(11, 19)}`;
}

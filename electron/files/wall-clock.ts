/** Made once: a format costs far more to make than to use, and a long table has a date in every row. */
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** An instant as clocks in France showed it, as cells of a workbook hold it: `2026-11-25T14:03:07.000`. */
export function parisWallClock(instant: string): string {
  return `${format.format(new Date(instant)).replace(' ', 'T')}.000`;
}

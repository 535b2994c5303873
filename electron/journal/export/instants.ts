const parisFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' });

/** What a clock in Paris showed, `2026-11-24T14:03:05`, whatever the workstation's. */
export function parisWallClock(instant: string): string {
  return parisFormat.format(new Date(instant)).replace(' ', 'T');
}

/** `2026-11-24T14:03:05` → `24/11/2026 14:03:05`, which a French Excel reads as a date. */
export function frenchInstant(wallClock: string): string {
  return `${wallClock.slice(8, 10)}/${wallClock.slice(5, 7)}/${wallClock.slice(0, 4)} ${wallClock.slice(11, 19)}`;
}

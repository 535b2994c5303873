const format = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });

/** An instant as clocks in France show it, in a sentence: `25/11/2026 14:03`. */
export function instantText(instant: number | Date): string {
  return format.format(instant);
}

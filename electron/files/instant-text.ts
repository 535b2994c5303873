/** Made at the first sentence that needs it: the data of a calendar take longer to read than all else that a start reads. */
let format: Intl.DateTimeFormat | undefined;

/** An instant as clocks in France show it, in a sentence: `25/11/2026 14:03`. */
export function instantText(instant: number | Date): string {
  format ??= new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });
  return format.format(instant);
}

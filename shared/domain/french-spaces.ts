/** Ordinary spaces at which a line never breaks: after « and before the signs and units that go with what precedes them. */
const BREAKABLE = /(?<=«) |(?<=[^\s]) (?=[»:;!?%€](?!\w))|(?<=\d) (?=(?:s|ms|min|Mo|ko|Go|px|jours?|heures?|mois)\b)/g;

/** A sentence with no-break spaces where French typography wants them; nothing else changes, and twice is as once. */
export function frenchSpaces(sentence: string): string {
  return sentence.replace(BREAKABLE, '\u00a0');
}

import type { Endpoint } from './types';

/** What identifies a company: SIREN or RNA number, and an establishment when one is known. */
export interface CalledCompany {
  readonly identifier: string;
  readonly siret: string | null;
}

/** Everything that a company, or a line of a list, can be asked about with. */
export interface KnownIdentifiers {
  readonly siren: string | null;
  readonly siret: string | null;
  readonly rna: string | null;
}

/** Value to send: null when none of the identifiers is of a kind that the endpoint takes. */
export function identifierAmong(endpoint: Endpoint, known: KnownIdentifiers): string | null {
  for (const kind of endpoint.identifiers) {
    const value = kind === 'eori' ? null : known[kind];
    if (value !== null) return value;
  }
  return null;
}

/** Value to send for a company: null when it lacks the kind of identifier that the endpoint takes. */
export function identifierFor(endpoint: Endpoint, { identifier, siret }: CalledCompany): string | null {
  // A dictionary is about no company: any identifier will do.
  if (endpoint.identifiers.length === 0) return identifier;
  const siren = /^\d{9}$/.test(identifier) ? identifier : null;
  return identifierAmong(endpoint, { siren, siret, rna: identifier.startsWith('W') ? identifier : null });
}

/** Required extra parameters, filled with the latest complete period. */
export function defaultParameters(endpoint: Endpoint, now: Date): Record<string, string> {
  const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 1));
  const isMonthly = endpoint.parameters.some(({ name }) => name === 'month' || name === 'mois');
  const year = String(isMonthly ? lastMonth.getUTCFullYear() : now.getUTCFullYear() - 1);
  const month = String(lastMonth.getUTCMonth() + 1).padStart(2, '0');
  // Version 2 names them in French.
  const values: Readonly<Record<string, string>> = { year, annee: year, month, mois: month };
  return Object.fromEntries(
    endpoint.parameters.flatMap(({ name, required, in: place, default: byDefault, maximum }) => {
      if (place === 'header') return [];
      const value = name === 'profondeur' ? String(Math.min(12, maximum ?? 12)) : required ? (values[name] ?? byDefault) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

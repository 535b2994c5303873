import { isLuhnValid } from '../../../shared/domain/identifiers';

/** First digits of every made-up SIREN, chosen far from the series in use; nothing guarantees that it stays unused. */
const FICTITIOUS_SIREN_PREFIX = '299';

/** Completes `body` with the key that makes it pass Luhn. */
export function withLuhnKey(body: string): string {
  for (let key = 0; key <= 9; key += 1) {
    if (isLuhnValid(`${body}${key}`)) return `${body}${key}`;
  }
  throw new Error(`no Luhn key for ${body}`);
}

/** SIREN of the company at `index`; `offset` (0 to 9,999) comes from the seed. */
export function makeSiren(index: number, offset: number): string {
  const serial = (offset * 10 + index * 97) % 100_000;
  return withLuhnKey(`${FICTITIOUS_SIREN_PREFIX}${String(serial).padStart(5, '0')}`);
}

/** SIRET of the `rank`th establishment, from 1. */
export function makeSiret(siren: string, rank: number): string {
  return withLuhnKey(`${siren}${String(rank).padStart(4, '0')}`);
}

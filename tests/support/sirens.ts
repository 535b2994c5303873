import { isLuhnValid } from '../../shared/domain/identifiers';

/** Well-formed SIREN, one after the other from a number on; none is a real company's concern. */
export function madeUpSirens(from: number, count: number): string[] {
  const sirens: string[] = [];
  for (let number = from; sirens.length < count; number += 1) if (isLuhnValid(String(number))) sirens.push(String(number));
  return sirens;
}

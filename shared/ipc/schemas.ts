import { z } from 'zod';

import { ENVIRONMENTS } from '../domain/environment';
import { frenchSpaces } from '../domain/french-spaces';
import { parseSiren, parseSiret, type Siren, type Siret } from '../domain/identifiers';
import { plainLine, plainText } from '../domain/plain-text';
import { ROLES } from '../domain/rights';
import { USE_CASES } from '../domain/use-case';

/** Building blocks of the contract; bounds keep a hostile renderer from filling main's memory. */
export const idSchema = z.string().min(1).max(64).regex(/^[A-Za-z0-9_-]+$/);
export const lineSchema = z.string().max(500).overwrite(plainLine);
export const textSchema = z.string().max(20_000).overwrite(plainText);
/** A sentence that main made, as it is shown; never what is only data, whose spaces are its own. */
export const sentenceSchema = z.string().overwrite(plainText).overwrite(frenchSpaces);
export const instantSchema = z.string().max(40);
export const siretSchema = z.custom<Siret>((value) => typeof value === 'string' && parseSiret(value).ok, {
  error: 'SIRET invalide',
});
export const sirenSchema = z.custom<Siren>((value) => typeof value === 'string' && parseSiren(value).ok, {
  error: 'SIREN invalide',
});
export const identifierSchema = z.string().min(1).max(20).regex(/^[A-Za-z0-9]+$/);
export const useCaseSchema = z.enum(USE_CASES);
export const roleSchema = z.enum(ROLES);
export const environmentSchema = z.enum(ENVIRONMENTS);

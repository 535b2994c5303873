import type { EndpointReader } from '../reader';
import { associationReaders } from './associations';
import { certificationReaders } from './certifications';
import { financeReaders } from './finance';
import { inseeReaders } from './insee';
import { otherReaders } from './other';
import { registerReaders } from './registers';
import { socialReaders } from './social';

export const readers: Readonly<Record<string, EndpointReader>> = {
  ...inseeReaders,
  ...registerReaders,
  ...financeReaders,
  ...socialReaders,
  ...certificationReaders,
  ...associationReaders,
  ...otherReaders,
};

/** Reads whatever no reader describes: lists as tables, the rest under « Autres champs ». */
export const genericReader: EndpointReader = { section: 'other' };

/**
 * Name of the resource that a path serves: without version, parameters, and the words that tell the
 * open variant from the protected one, since both have the same fields (API Entreprise, OpenAPI).
 */
export function resourceOf(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && !/^v\d+$/.test(part) && !part.startsWith('{') && !/^(?:diffusibles|open_data)$/.test(part))
    .join('/');
}

export function readerOf(path: string | undefined): EndpointReader {
  const resource = path === undefined ? '' : resourceOf(path);
  return (Object.hasOwn(readers, resource) ? readers[resource] : undefined) ?? genericReader;
}

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { parse } from 'yaml';

const folder = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'api-entreprise');

/** The official description of the service, kept beside the repository; absent from most machines. */
export const isReferencePresent = existsSync(resolve(folder, 'openapi.yml'));
if (!isReferencePresent) console.warn('Contract tests skipped: ../shared/api-entreprise is not there.');

export function referenceText(path: string): string {
  return readFileSync(resolve(folder, path), 'utf8');
}

export function referenceYaml(path: string): unknown {
  return parse(referenceText(path), { maxAliasCount: -1 }) as unknown;
}

export function referenceJson(path: string): unknown {
  return JSON.parse(referenceText(path)) as unknown;
}

export const referenceFolder = folder;

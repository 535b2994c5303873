import { lstatSync, readFileSync, statSync } from 'node:fs';

import { type Checked, invalid, valid } from '../../shared/domain/checked';

/** Far beyond any policy: what is longer is not one. */
const MAX_BYTES = 1024 * 1024;
const UTF16_MARKS = ['fffe', 'feff'];

export interface PolicyFile {
  readonly content: unknown;
  readonly text: string;
}

/**
 * Reads the file of the machine policy; an empty one when there is none. A link that leads nowhere, another encoding or a
 * setting written twice is an error: none of them may be taken for « no policy », or for half of one.
 * @param names settings that may be written once only
 */
export function readPolicyFile(path: string, names: readonly string[]): Checked<PolicyFile> {
  const bytes = readBytes(path);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return valid({ content: {}, text: '' });
  const text = decode(bytes.value);
  if (text === null) return invalid(`La politique du poste (${path}) n’est pas enregistrée en UTF-8 : ses accents seraient faussés. Enregistrez-la de nouveau avec cet encodage.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return invalid(`La politique du poste (${path}) n’est pas un fichier JSON correct : vérifiez les virgules, les guillemets et les accolades.`);
  }
  const twice = names.map((name) => ({ name, lines: linesOf(name, text) })).find(({ lines }) => lines.length > 1);
  if (twice) return invalid(`La politique du poste (${path}) contient deux fois le réglage « ${twice.name} » (lignes ${twice.lines.join(' et ')}) : gardez-en un.`);
  return valid({ content, text });
}

/** Null: there is no such file. */
function readBytes(path: string): Checked<Buffer | null> {
  try {
    // The link itself, if it is one: what it leads to must exist.
    lstatSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return valid(null);
  }
  try {
    const state = statSync(path);
    if (state.isFile() && state.size <= MAX_BYTES) return valid(readFileSync(path));
  } catch {
    // Said below, like a folder of that name.
  }
  return invalid(`La politique du poste (${path}) existe mais ne peut pas être lue : vérifiez ses droits d’accès, et que c’est bien un fichier.`);
}

/** Null when it is not UTF-8; Notepad writes a byte order mark, which is left out. */
function decode(bytes: Buffer): string | null {
  if (UTF16_MARKS.includes(bytes.toString('hex', 0, 2))) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Lines where a setting is given a value, as a text editor counts them. Quotes within a text are escaped: they are not met. */
export function linesOf(name: string, text: string): number[] {
  const written = name.replace(/[^\w]/g, '\\$&');
  return [...text.matchAll(new RegExp(`"${written}"\\s*:`, 'g'))].map(({ index }) => text.slice(0, index).split('\n').length);
}

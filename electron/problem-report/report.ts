import { frenchSpaces } from '../../shared/domain/french-spaces';
import { anonymise } from '../redaction';

/** Facts under one title, in the order in which they are read. */
export interface FactGroup {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export interface ReportParts {
  /** What the agent says of it. */
  readonly words: string;
  readonly groups: readonly FactGroup[];
  readonly logLines: readonly string[];
  /** Names of people, companies and dossiers that this workstation knows: none of them leaves. */
  readonly knownNames: readonly string[];
}

/** Shorter names are taken for ordinary words. */
const SHORTEST_NAME = 4;

/** The report as it is shown, then saved: plain text. */
export function reportText({ words, groups, logLines, knownNames }: ReportParts): string {
  const safe = (title: string, lines: readonly string[]): string => anonymise(withoutNames(section(title, lines), knownNames));
  const sections = [
    safe('Ce qui s’est passé', [words.trim() === '' ? '(rien n’est dit)' : words.trim()]),
    // Names are looked for as they were given: spaces are put right after.
    ...groups.map(({ title, facts }) => frenchSpaces(safe(title, facts.map(([name, value]) => `${name} : ${value}`)))),
    safe('Journal technique, dernières lignes', logLines.length === 0 ? ['(vide)'] : logLines),
  ];
  return `${['Rapport de problème d’Instruire', ...sections].join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return [title.toUpperCase(), ...lines].join('\n');
}

/** The longest first: a name may hold another. Copied from a screen, it may have other spaces. */
function withoutNames(text: string, names: readonly string[]): string {
  const flat = (words: string): string => words.trim().toLowerCase().replace(/\s+/g, ' ');
  const inText = flat(text);
  const found = [...new Set(names.map(flat))].filter((name) => name.length >= SHORTEST_NAME && inText.includes(name));
  return found
    .sort((one, other) => other.length - one.length)
    .reduce((kept, name) => kept.replace(new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'), 'gi'), '[nom]'), text);
}

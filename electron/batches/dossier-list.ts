import type { Dossier } from '../../shared/domain/dossier';
import { parseSiren } from '../../shared/domain/identifiers';
import type { ListSource } from './ports';

/** The companies of a dossier as a list that is read like any other: twins and mistyped numbers are told there too. */
export function companiesOf({ title, companies }: Pick<Dossier, 'title' | 'companies'>): ListSource {
  const rows = companies.map(({ identifier, siret, name }) => {
    const siren = parseSiren(identifier).ok;
    return [siren ? identifier : '', siret ?? '', siren ? '' : identifier, name].map(quoted).join(';');
  });
  return { kind: 'text', name: `Entreprises de ${title}`, text: ['SIREN;SIRET;RNA;Nom', ...rows].join('\n') };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

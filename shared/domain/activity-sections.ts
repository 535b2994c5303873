/** Sections of the NAF 2008 nomenclature (Insee, NAF rév. 2): letter, title, divisions it covers. */
const sections = [
  ['A', 'Agriculture, sylviculture et pêche', 1, 3],
  ['B', 'Industries extractives', 5, 9],
  ['C', 'Industrie manufacturière', 10, 33],
  ['D', 'Électricité, gaz, vapeur et air conditionné', 35, 35],
  ['E', 'Eau, assainissement, déchets et dépollution', 36, 39],
  ['F', 'Construction', 41, 43],
  ['G', 'Commerce ; réparation d’automobiles', 45, 47],
  ['H', 'Transports et entreposage', 49, 53],
  ['I', 'Hébergement et restauration', 55, 56],
  ['J', 'Information et communication', 58, 63],
  ['K', 'Activités financières et d’assurance', 64, 66],
  ['L', 'Activités immobilières', 68, 68],
  ['M', 'Activités spécialisées, scientifiques et techniques', 69, 75],
  ['N', 'Services administratifs et de soutien', 77, 82],
  ['O', 'Administration publique', 84, 84],
  ['P', 'Enseignement', 85, 85],
  ['Q', 'Santé humaine et action sociale', 86, 88],
  ['R', 'Arts, spectacles et activités récréatives', 90, 93],
  ['S', 'Autres activités de services', 94, 96],
  ['T', 'Ménages employeurs', 97, 98],
  ['U', 'Activités extra-territoriales', 99, 99],
] as const;

export interface ActivitySection {
  readonly letter: string;
  readonly title: string;
}

export const activitySections: readonly ActivitySection[] = sections.map(([letter, title]) => ({ letter, title }));

/** Section of an activity code (`43.32A` → F); undefined for a code outside the nomenclature. */
export function activitySectionOf(code: string): ActivitySection | undefined {
  const division = Number.parseInt(code.slice(0, 2), 10);
  const found = sections.find(([, , first, last]) => division >= first && division <= last);
  return found && { letter: found[0], title: found[1] };
}

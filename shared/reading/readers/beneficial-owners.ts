import type { EndpointReader, FieldSpec, TableSpec } from '../reader';

const OWNERS = 'data/*/data';

/** A share is held directly, with others, or through companies: each is told apart in the register. */
const HOLDINGS = [
  { label: 'Directement', at: 'directes' },
  { label: 'En indivision', at: 'indirectes/par_indivision' },
  { label: 'Par des sociétés', at: 'indirectes/via_personnes_morales' },
] as const;

const RIGHTS = [
  { label: 'total', at: 'total' },
  { label: 'pleine propriété', at: 'pleine_propriete' },
  { label: 'nue-propriété', at: 'nue_propriete' },
  { label: 'usufruit', at: 'usufruit' },
] as const;

const who: readonly FieldSpec[] = [
  { label: 'Nom', at: 'nom', namesRow: true },
  { label: 'Prénom', at: 'prenoms/0', namesRow: true },
];

/** @param prefix of the names of the two ways to hold: `parts_directes` and `parts_indirectes`, or `directes` and `indirectes`. */
function holdingColumns(base: string, prefix: '' | 'parts_'): readonly FieldSpec[] {
  return [
    { label: 'Directement', at: `${base}/${prefix}directes/detention`, as: 'yes_no' },
    { label: 'Indirectement', at: `${base}/${prefix}indirectes/detention`, as: 'yes_no' },
    ...HOLDINGS.flatMap((holding) =>
      RIGHTS.map((right): FieldSpec => ({ label: `${holding.label}, ${right.label}`, at: `${base}/${prefix}${holding.at}/${right.at}`, as: 'percent' })),
    ),
  ];
}

function ownersTable(title: string, columns: readonly FieldSpec[]): TableSpec {
  return { title, rows: OWNERS, columns: [...who, ...columns] };
}

/** Who controls a company, then how: capital, what may become capital, votes, powers. */
export const beneficialOwners: EndpointReader = {
  section: 'people',
  fields: [{ label: 'Bénéficiaires effectifs', at: 'meta/count', as: 'number', fact: true }],
  tables: [
    {
      title: 'Bénéficiaires effectifs',
      rows: OWNERS,
      columns: [
        { label: 'Nom', at: 'nom' },
        { label: 'Nom d’usage', at: 'nom_usage' },
        { label: 'Prénom', at: 'prenoms/0' },
        { label: 'Deuxième prénom', at: 'prenoms/1' },
        { label: 'Naissance', at: 'date_naissance', compose: 'birth' },
        { label: 'Nationalité', at: 'nationalite' },
        { label: 'Pays de résidence', at: 'pays_residence' },
        { label: 'Capital détenu', at: 'modalites/detention_de_capital/parts_totale', as: 'percent' },
        { label: 'Droits de vote', at: 'modalites/droits_de_vote/total', as: 'percent' },
        { label: 'Représentant légal', at: 'modalites/representant_legal', as: 'yes_no' },
      ],
    },
    ownersTable('Détention du capital', holdingColumns('modalites/detention_de_capital', 'parts_')),
    ownersTable('Vocation à devenir titulaire de parts', holdingColumns('modalites/vocation_a_devenir_titulaire_de_parts', 'parts_')),
    ownersTable('Détention des droits de vote', holdingColumns('modalites/droits_de_vote', '')),
    ownersTable('Pouvoirs de contrôle', [
      { label: 'Décide en assemblée générale', at: 'modalites/pouvoirs_de_controle/decision_ag', as: 'yes_no' },
      { label: 'Nomme le conseil d’administration', at: 'modalites/pouvoirs_de_controle/nommage_membres_conseil_administratif', as: 'yes_no' },
      { label: 'Autres pouvoirs', at: 'modalites/pouvoirs_de_controle/autres', as: 'yes_no' },
      { label: 'Représentant légal du placement', at: 'modalites/representant_legal_placement_sans_gestion_deleguee', as: 'yes_no' },
      { label: 'Référence au registre', at: 'beneficiaire_uuid' },
    ]),
  ],
};

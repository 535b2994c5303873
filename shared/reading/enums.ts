/** French words for the values that the providers enumerate; an unknown value is shown as it is. */
const enumLabels = {
  legal_unit_state: { A: 'Active', C: 'Cessée' },
  establishment_state: { A: 'Actif', F: 'Fermé' },
  diffusion: {
    diffusible: 'Diffusion complète',
    partiellement_diffusible: 'Diffusion partielle',
    non_diffusible: 'Non diffusible',
  },
  person_type: { personne_physique: 'Personne physique', personne_morale: 'Personne morale' },
  company_size: {
    GE: 'Grande entreprise',
    ETI: 'Entreprise de taille intermédiaire',
    PME: 'Petite ou moyenne entreprise',
  },
  sex: { M: 'Masculin', F: 'Féminin' },
  headcount_band: {
    NN: 'Non employeuse ou effectif inconnu',
    '00': '0 salarié',
    '01': '1 ou 2 salariés',
    '02': '3 à 5 salariés',
    '03': '6 à 9 salariés',
    '11': '10 à 19 salariés',
    '12': '20 à 49 salariés',
    '21': '50 à 99 salariés',
    '22': '100 à 199 salariés',
    '31': '200 à 249 salariés',
    '32': '250 à 499 salariés',
    '41': '500 à 999 salariés',
    '42': '1\u202f000 à 1\u202f999 salariés',
    '51': '2\u202f000 à 4\u202f999 salariés',
    '52': '5\u202f000 à 9\u202f999 salariés',
    '53': '10\u202f000 salariés et plus',
  },
  activity_nomenclature: { NAFRev2: 'NAF 2008', NAFRev1: 'NAF 2003', NAP: 'NAP', NAF2025: 'NAF 2025', NAFRev2025: 'NAF 2025' },
  regime: { regime_general: 'Régime général', regime_agricole: 'Régime agricole' },
  headcount_nature: {
    effectif_moyen_annuel: 'Effectif moyen annuel',
    effectif_moyen_mensuel: 'Effectif moyen mensuel',
    effectif_boeth_annuel: 'Bénéficiaires de l’obligation d’emploi (annuel)',
    effectif_boeth_mensuel: 'Bénéficiaires de l’obligation d’emploi (mensuel)',
    effectif_ecap_annuel: 'Emplois exigeant des conditions d’aptitude particulières (annuel)',
    effectif_ecap_mensuel: 'Emplois exigeant des conditions d’aptitude particulières (mensuel)',
    effectif_assujettissement_oeth_annuel: 'Assujettissement à l’obligation d’emploi (annuel)',
    effectif_assujettissement_oeth_mensuel: 'Assujettissement à l’obligation d’emploi (mensuel)',
  },
  agricultural_compliance: { up_to_date: 'À jour', outdated: 'Pas à jour', under_investigation: 'En cours d’examen' },
  vigilance: { ok: 'Délivrée', refus_de_delivrance: 'Refus de délivrance' },
  register: { rcs: 'Registre du commerce', rnm: 'Répertoire des métiers' },
  craft_mode: { P: 'Permanente', S: 'Saisonnière', NR: 'Non renseignée' },
  zero_one: { '0': 'Non', '1': 'Oui' },
  agreement_state: { vigueur: 'En vigueur', vigueur_etendue: 'En vigueur, étendue' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type EnumName = keyof typeof enumLabels;

export function enumText(name: EnumName, value: string): string {
  const labels: Readonly<Record<string, string>> = enumLabels[name];
  return Object.hasOwn(labels, value) ? (labels[value] ?? value) : value;
}

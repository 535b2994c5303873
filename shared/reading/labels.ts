/** Words of the providers' field names that lost their accents or are cut short. */
const words: Readonly<Record<string, string>> = {
  a: 'à', acte: 'acte', activite: 'activité', activites: 'activités', adherents: 'adhérents', annee: 'année', associe: 'associé',
  beneficiaires: 'bénéficiaires', benevoles: 'bénévoles', categorie: 'catégorie', cessation: 'cessation', civilite: 'civilité',
  cloture: 'clôture', code: 'code', complement: 'complément', cotisations: 'cotisations', creation: 'création', data: 'données',
  debut: 'début', declaration: 'déclaration', declarations: 'déclarations', delivrance: 'délivrance', denomination: 'dénomination',
  depose: 'déposé', depot: 'dépôt', derniere: 'dernière', detention: 'détention', devise: 'devise', diffusion: 'diffusion',
  donnees: 'données', duree: 'durée', echeance: 'échéance', economie: 'économie', effectif: 'effectif', emission: 'émission',
  entite: 'entité', etablissement: 'établissement', etablissements: 'établissements', etat: 'état', etranger: 'étranger',
  evolution: 'évolution', ferme: 'fermé', fermeture: 'fermeture', federation: 'fédération', identifiant: 'identifiant',
  immatriculation: 'immatriculation', intitule: 'intitulé', legal: 'légal', legale: 'légale', legaux: 'légaux', libelle: 'libellé',
  licencies: 'licenciés', modalite: 'modalité', modalites: 'modalités', morale: 'morale', nationalite: 'nationalité', naf: 'NAF',
  numero: 'numéro', operationnels: 'opérationnels', periode: 'période', personne: 'personne', premiere: 'première',
  prenom: 'prénom', prenoms: 'prénoms', propriete: 'propriété', qualite: 'qualité', reference: 'référence', regime: 'régime',
  remuneration: 'rémunération', representants: 'représentants', reseau: 'réseau', reseaux: 'réseaux', resultat: 'résultat',
  rna: 'RNA', salarie: 'salarié', salaries: 'salariés', securite: 'sécurité', siege: 'siège', siren: 'SIREN', siret: 'SIRET',
  societe: 'société', specialite: 'spécialité', tva: 'TVA', unite: 'unité', utilite: 'utilité', validite: 'validité',
  valeur: 'valeur', ville: 'ville', volontaires: 'volontaires', idcc: 'IDCC', rge: 'RGE', url: 'lien', meta: 'informations techniques',
  id: 'identifiant', status: 'statut', value: 'valeur', montant: 'montant', verse: 'versé', accorde: 'accordé', demande: 'demande',
  demandee: 'demandée', tete: 'tête', etendue: 'étendue', interet: 'intérêt', associes: 'associés', filiales: 'filiales',
};

/** French label of a field that no reader knows: « date_creation » → « Date création ». */
export function labelOfKey(key: string): string {
  const text = key
    .split(/[_\s]+/)
    .filter((word) => word !== '')
    .map((word) => words[word.toLowerCase()] ?? word)
    .join(' ');
  return text === '' ? key : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Path of a field in words; list items are numbered from one. The `data` envelopes say nothing and are left out. */
export function labelOfPath(keys: readonly string[]): string {
  const shown = keys.filter((key, index) => !(key === 'data' && index !== keys.length - 1));
  const parts = shown.map((key) => (/^\d+$/.test(key) ? `n°\u00a0${Number(key) + 1}` : labelOfKey(key)));
  return parts.length === 0 ? 'Données' : parts.join(' › ');
}

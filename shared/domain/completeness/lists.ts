import type { UseCase } from '../use-case';

/** Procedures that have a list of pieces. */
export const PROCEDURES = ['marches_candidature', 'marches_attribution', 'aides_publiques', 'subventions_associations'] as const;
export type Procedure = (typeof PROCEDURES)[number];

export const procedureLabels: Readonly<Record<Procedure, string>> = {
  marches_candidature: 'Marché public : candidature',
  marches_attribution: 'Marché public : attribution',
  aides_publiques: 'Aide publique',
  subventions_associations: 'Subvention à une association',
};

/** The purpose under which a procedure is examined. */
export const useCaseOfProcedure: Readonly<Record<Procedure, UseCase>> = {
  marches_candidature: 'marches_publics',
  marches_attribution: 'marches_publics',
  aides_publiques: 'aides_publiques',
  subventions_associations: 'subventions_associations',
};

export const proceduresOf = (useCase: UseCase): readonly Procedure[] => PROCEDURES.filter((one) => useCaseOfProcedure[one] === useCase);

/** One piece that a procedure demands. */
export interface RequiredPiece {
  readonly id: string;
  readonly label: string;
  readonly need: 'indispensable' | 'useful';
  /** Resources of the API, any one of which satisfies it; none: only the company can give it. */
  readonly resources: readonly string[];
  /** Text or custom that demands it, in words. */
  readonly source: string;
  /** What the company may send itself: the letter names it. */
  readonly alternative: string;
}

export interface PieceList {
  readonly procedure: Procedure;
  /** Days before its end from which a piece is orange. */
  readonly soonDays: number;
  readonly pieces: readonly RequiredPiece[];
}

const UNIT = 'insee/sirene/unites_legales';
const RNE = 'inpi/rne/unites_legales/extrait_rne';
const RCS = 'infogreffe/rcs/unites_legales/extrait_kbis';
const ASSOCIATION = 'djepva/api-association/associations';
const VIGILANCE = 'urssaf/unites_legales/attestation_vigilance';
const TAX = 'dgfip/unites_legales/attestation_fiscale';
const MSA = 'msa/etablissements/conformite_cotisations';
const TURNOVER = 'dgfip/etablissements/chiffres_affaires';
const TAX_RETURNS = 'dgfip/unites_legales/liasses_fiscales';
const LINKS = 'dgfip/unites_legales/liens_capitalistiques';
/** Of what the register gives, the accounts alone: a deed says nothing of a turnover. */
const ACCOUNTS = 'inpi/rne/unites_legales/actes_bilans#bilans';
const CENTRAL_BANK = 'banque_de_france/unites_legales/bilans';
const HEADCOUNT = 'gip_mds/unites_legales/effectifs_annuels';
const OFFICERS = 'infogreffe/rcs/unites_legales/mandataires_sociaux';

const identity: RequiredPiece = {
  id: 'identite',
  label: 'Identité de l’entreprise',
  need: 'indispensable',
  resources: [UNIT, ASSOCIATION],
  source: 'L’administration se procure elle-même les données d’identité (code des relations entre le public et l’administration, art. L113-12 et L114-8).',
  alternative: 'un avis de situation au répertoire Sirene, ou un récépissé de déclaration pour une association',
};

const register: RequiredPiece = {
  id: 'immatriculation',
  label: 'Immatriculation et absence de procédure collective',
  need: 'indispensable',
  resources: [RCS, RNE, ASSOCIATION],
  source: 'Absence d’exclusion pour procédure collective (code de la commande publique, art. L2141-3 et R2143-9).',
  alternative: 'un extrait K-bis ou une attestation d’immatriculation au RNE de moins de trois mois et, en cas de redressement, la copie du jugement',
};

const tax: RequiredPiece = {
  id: 'regularite_fiscale',
  label: 'Régularité fiscale',
  need: 'indispensable',
  resources: [TAX],
  source: 'Obligations fiscales du candidat retenu (code de la commande publique, art. L2141-2 et R2143-7 ; arrêté du 22 mars 2019).',
  alternative: 'une attestation de régularité fiscale tirée de son espace professionnel sur impots.gouv.fr ou demandée à son service des impôts (et celle de la société mère en cas d’intégration fiscale)',
};

const social: RequiredPiece = {
  id: 'regularite_sociale',
  label: 'Régularité sociale',
  need: 'indispensable',
  resources: [VIGILANCE, MSA],
  source: 'Obligations sociales et vigilance (code de la commande publique, art. L2141-2, R2143-7 et R2143-8 ; code du travail, art. D8222-5).',
  alternative: 'une attestation de vigilance de moins de six mois, tirée de son compte urssaf.fr ou demandée à la MSA',
};

const holidayFund: RequiredPiece = {
  id: 'conges_payes',
  label: 'Congés payés et intempéries (bâtiment, travaux publics)',
  need: 'useful',
  resources: [
    'cibtp/etablissements/attestation_cotisations_conges_payes_chomage_intemperies',
    'cnetp/unites_legales/attestation_cotisations_conges_payes_chomage_intemperies',
  ],
  source: 'Certificat des caisses de congés payés, pour les seules entreprises qui en relèvent (arrêté du 22 mars 2019).',
  alternative: 'le certificat de sa caisse de congés payés',
};

const turnover: RequiredPiece = {
  id: 'chiffre_affaires',
  label: 'Capacité économique : chiffre d’affaires et comptes',
  need: 'useful',
  resources: [TURNOVER, CENTRAL_BANK, ACCOUNTS],
  source: 'Capacité économique et financière (code de la commande publique, art. R2142-6 à R2142-12 et R2143-11).',
  alternative: 'une déclaration du chiffre d’affaires des trois derniers exercices, ou ses bilans',
};

const qualifications: RequiredPiece = {
  id: 'qualifications',
  label: 'Qualifications professionnelles',
  need: 'useful',
  resources: [
    'qualibat/etablissements/certification_batiment',
    'qualifelec/etablissements/certificats',
    'opqibi/unites_legales/certification_ingenierie',
    'fntp/unites_legales/carte_professionnelle_travaux_publics',
    'ademe/etablissements/certification_rge',
  ],
  source: 'Capacités techniques et professionnelles (code de la commande publique, art. R2142-13, R2142-14 et R2143-11).',
  alternative: 'ses certificats de qualification ou toute preuve équivalente, par exemple des références de travaux',
};

const headcount: RequiredPiece = {
  id: 'effectifs',
  label: 'Effectifs',
  need: 'useful',
  resources: [HEADCOUNT],
  source: 'Moyens humains du candidat (code de la commande publique, art. R2142-13).',
  alternative: 'une déclaration de ses effectifs moyens annuels',
};

const fromCompany = (piece: Omit<RequiredPiece, 'resources' | 'need'>, need: RequiredPiece['need'] = 'indispensable'): RequiredPiece => ({
  ...piece,
  need,
  resources: [],
});

const honour = fromCompany({
  id: 'declaration_honneur',
  label: 'Déclaration sur l’honneur (DC1 ou DUME)',
  source: 'Absence de motif d’exclusion (code de la commande publique, art. R2143-3 et R2143-6).',
  alternative: 'le formulaire DC1, un DUME, ou une déclaration sur l’honneur libre',
});

const criminalHonour = fromCompany({
  id: 'exclusions_penales',
  label: 'Absence de condamnation excluante',
  source: 'Déclaration sur l’honneur admise comme preuve suffisante (code de la commande publique, art. L2141-1 et R2143-6).',
  alternative: 'une déclaration sur l’honneur de n’être dans aucun des cas d’exclusion',
});

const foreignWorkers = fromCompany(
  {
    id: 'travailleurs_etrangers',
    label: 'Liste des salariés étrangers soumis à autorisation de travail',
    source: 'Vigilance du donneur d’ordre (code de la commande publique, art. R2143-8 ; code du travail, art. D8254-2 à D8254-5).',
    alternative: 'la liste nominative de ces salariés, ou l’indication qu’il n’en emploie pas',
  },
  'useful',
);

const insurance = fromCompany(
  {
    id: 'assurances',
    label: 'Attestations d’assurance',
    source: 'Niveau de couverture demandé par la consultation (code de la commande publique, art. R2142-12 ; code des assurances, art. L241-1 pour la décennale).',
    alternative: 'ses attestations d’assurance en cours de validité',
  },
  'useful',
);

const MARKET_SOON_DAYS = 15;
const GRANT_SOON_DAYS = 30;

const candidacy: PieceList = {
  procedure: 'marches_candidature',
  soonDays: MARKET_SOON_DAYS,
  pieces: [identity, { ...register, source: `${register.source} À ce stade, la déclaration sur l’honneur suffit (art. R2143-3).`, need: 'useful' }, honour, turnover, headcount, qualifications],
};

const award: PieceList = {
  procedure: 'marches_attribution',
  soonDays: MARKET_SOON_DAYS,
  pieces: [identity, register, tax, social, criminalHonour, holidayFund, foreignWorkers, insurance, qualifications],
};

const AID_LAW = 'Échange de données entre administrations (code des relations entre le public et l’administration, art. L114-8) ; règlement du dispositif d’aide.';

const aid: PieceList = {
  procedure: 'aides_publiques',
  soonDays: GRANT_SOON_DAYS,
  pieces: [
    identity,
    { ...register, source: AID_LAW },
    { ...tax, source: `Régularité fiscale que demande le règlement du dispositif. ${AID_LAW}` },
    { ...social, source: `Régularité sociale que demande le règlement du dispositif. ${AID_LAW}` },
    {
      id: 'comptes',
      label: 'Comptes des derniers exercices',
      need: 'indispensable',
      resources: [TAX_RETURNS, ACCOUNTS, TURNOVER, CENTRAL_BANK],
      source: 'Entreprise en difficulté et capacité (règlement (UE) n° 651/2014, art. 2, point 18).',
      alternative: 'ses liasses fiscales ou ses comptes annuels des trois derniers exercices',
    },
    {
      id: 'taille',
      label: 'Taille de l’entreprise : effectifs',
      need: 'useful',
      resources: [HEADCOUNT],
      source: 'Définition des PME (règlement (UE) n° 651/2014, annexe I).',
      alternative: 'une déclaration de ses effectifs moyens annuels',
    },
    {
      id: 'groupe',
      label: 'Liens avec d’autres entreprises',
      need: 'useful',
      resources: [LINKS],
      source: 'Entreprise unique et définition des PME (règlement (UE) 2023/2831, art. 2 ; règlement (UE) n° 651/2014, annexe I).',
      alternative: 'un organigramme du groupe avec les pourcentages détenus',
    },
    { id: 'dirigeants', label: 'Dirigeants', need: 'useful', resources: [OFFICERS, ASSOCIATION], source: AID_LAW, alternative: 'la liste de ses mandataires sociaux' },
    fromCompany({
      id: 'de_minimis',
      label: 'Déclaration des aides de minimis',
      source: 'Plafond par entreprise unique sur trois ans (règlement (UE) 2023/2831, art. 3 et 6).',
      alternative: 'une déclaration des aides de minimis reçues sur les trois dernières années',
    }),
    fromCompany({ id: 'rib', label: 'Relevé d’identité bancaire', source: 'Versement de l’aide.', alternative: 'un relevé d’identité bancaire à son nom' }),
  ],
};

const CERFA = 'Dossier de demande de subvention (formulaire Cerfa n° 12156 ; loi n° 2000-321 du 12 avril 2000, art. 9-1 et 10).';

const grant: PieceList = {
  procedure: 'subventions_associations',
  soonDays: GRANT_SOON_DAYS,
  pieces: [
    { ...identity, label: 'Identité de l’association', resources: [ASSOCIATION, UNIT], source: `${CERFA} Donnée que l’administration se procure (code des relations entre le public et l’administration, art. L113-12).` },
    {
      id: 'statuts_dirigeants',
      label: 'Statuts et personnes chargées de l’administration',
      need: 'indispensable',
      resources: [ASSOCIATION],
      source: CERFA,
      alternative: 'ses statuts en vigueur et la liste de ses dirigeants',
    },
    {
      id: 'comptes',
      label: 'Comptes annuels',
      need: 'indispensable',
      resources: [TAX_RETURNS, CENTRAL_BANK],
      source: `${CERFA} Comptes certifiés au-delà de 153 000 € d’aides publiques (code de commerce, art. L612-4).`,
      alternative: 'ses derniers comptes approuvés, avec le rapport du commissaire aux comptes s’il y en a un',
    },
    { ...social, need: 'useful', resources: [VIGILANCE], source: `Association employeuse à jour de ses cotisations. ${CERFA}` },
    { ...tax, need: 'useful', source: `Association soumise à l’impôt sur les sociétés. ${CERFA}`, alternative: 'une attestation de régularité fiscale, si elle est soumise à l’impôt sur les sociétés' },
    {
      id: 'subventions_recues',
      label: 'Subventions déjà reçues',
      need: 'useful',
      resources: ['data_subvention/associations/subventions'],
      source: CERFA,
      alternative: 'la liste des subventions demandées et reçues sur les trois derniers exercices',
    },
    fromCompany({ id: 'budget', label: 'Budget prévisionnel et projet', source: CERFA, alternative: 'le budget prévisionnel et la description du projet (Cerfa n° 12156)' }),
    fromCompany({
      id: 'engagement_republicain',
      label: 'Contrat d’engagement républicain',
      source: 'Engagement préalable à toute subvention (loi n° 2000-321 du 12 avril 2000, art. 10-1).',
      alternative: 'le contrat d’engagement républicain souscrit',
    }),
    fromCompany({ id: 'rib', label: 'Relevé d’identité bancaire', source: CERFA, alternative: 'un relevé d’identité bancaire au nom de l’association' }),
  ],
};

/** Said beside every shipped source: nobody has compared them with the texts in force. */
export const SHIPPED_SOURCES_NOTE = 'Articles cités à la rédaction du modèle (novembre 2026) : leur version en vigueur est à vérifier par le service juridique.';

/** Whether a list still states the source that the shipped one gives this piece. */
export function hasShippedSource(procedure: Procedure, { id, source }: Pick<RequiredPiece, 'id' | 'source'>): boolean {
  return shippedLists[procedure].pieces.some((piece) => piece.id === id && piece.source === source);
}

/** What the application ships; a responsable may change it, and come back to it. */
export const shippedLists: Readonly<Record<Procedure, PieceList>> = {
  marches_candidature: candidacy,
  marches_attribution: award,
  aides_publiques: aid,
  subventions_associations: grant,
};

import { findEndpoint } from '../../catalogue';
import type { Endpoint } from '../../catalogue/types';
import { readerOf, resourceOf } from '../../reading';

/** How long a piece holds. */
export type EndRule =
  /** It tells a fact of its day, and no text sets an end. */
  | { readonly rule: 'never' }
  /** The last day that the data give at `endAt` or the document bears; failing that, so many months after the day it bears. */
  | { readonly rule: 'months'; readonly months: number; readonly endAt?: string }
  /** It tells the situation on the last day of a month, and a newer one can be had once the next month has ended. */
  | { readonly rule: 'next_month'; readonly periodAt: string }
  /** Good for one calendar year. */
  | { readonly rule: 'calendar_year' }
  /** Only the data say: without them nobody knows. */
  | { readonly rule: 'in_data'; readonly endAt: string };

export interface ValidityRule {
  readonly end: EndRule;
  /** Where the rule comes from, in words: a text, or what is usual where no text says. */
  readonly source: string;
}

const SOCIAL_SIX_MONTHS = 'Aucun texte ne fixe de fin : l’usage retient six mois, comme pour l’attestation de vigilance.';
const REGISTER_THREE_MONTHS = 'Aucun texte ne fixe de fin : l’usage demande un extrait de moins de trois mois.';
const vigilanceSource =
  'Six mois à compter de la date qu’elle certifie, ou la fin de validité qu’elle porte (code du travail, art. D8222-5 ; code de la sécurité sociale, art. L243-15).';
const socialSixMonths: ValidityRule = { end: { rule: 'months', months: 6 }, source: SOCIAL_SIX_MONTHS };

/** By resource of the API, whatever its version. */
const rules: Readonly<Record<string, ValidityRule>> = {
  'urssaf/unites_legales/attestation_vigilance': {
    end: { rule: 'months', months: 6, endAt: 'data/date_fin_validite' },
    source: vigilanceSource,
  },
  'dgfip/unites_legales/attestation_fiscale': {
    end: { rule: 'next_month', periodAt: 'data/date_periode_analysee' },
    source: 'Elle dit la situation au dernier jour du mois qui précède sa délivrance (DGFIP) : une plus récente existe dès le mois suivant.',
  },
  'msa/etablissements/conformite_cotisations': socialSixMonths,
  'probtp/etablissements/conformite_cotisations_retraite': socialSixMonths,
  'probtp/etablissements/attestation_cotisations_retraite': socialSixMonths,
  'cibtp/etablissements/attestation_cotisations_conges_payes_chomage_intemperies': socialSixMonths,
  'cnetp/unites_legales/attestation_cotisations_conges_payes_chomage_intemperies': socialSixMonths,
  'fntp/unites_legales/carte_professionnelle_travaux_publics': {
    end: { rule: 'calendar_year' },
    source: 'La carte professionnelle vaut pour l’année civile de sa délivrance (FNTP).',
  },
  'qualibat/etablissements/certification_batiment': {
    end: { rule: 'in_data', endAt: 'data/date_fin_validite' },
    source: 'Fin de validité portée par le certificat (Qualibat).',
  },
  'qualifelec/etablissements/certificats': {
    end: { rule: 'in_data', endAt: 'data/*/data/date_fin' },
    source: 'Fin de validité portée par le certificat (Qualifelec).',
  },
  'ademe/etablissements/certification_rge': {
    end: { rule: 'in_data', endAt: 'data/*/data/date_expiration' },
    source: 'Date d’expiration portée par la qualification (ADEME).',
  },
  'opqibi/unites_legales/certification_ingenierie': {
    end: { rule: 'in_data', endAt: 'data/date_validite_qualifications' },
    source: 'Fin de validité des qualifications (OPQIBI).',
  },
  'inpi/rne/unites_legales/extrait_rne': { end: { rule: 'months', months: 3 }, source: REGISTER_THREE_MONTHS },
  'infogreffe/rcs/unites_legales/extrait_kbis': { end: { rule: 'months', months: 3 }, source: REGISTER_THREE_MONTHS },
  'infogreffe/rcs/unites_legales/mandataires_sociaux': { end: { rule: 'months', months: 3 }, source: REGISTER_THREE_MONTHS },
  'inpi/rne/unites_legales/actes_bilans': {
    end: { rule: 'never' },
    source: 'Un acte ou un bilan déposé reste ce qu’il est : seul un dépôt plus récent peut le compléter.',
  },
};

const factsOfTheirDay: ValidityRule = { end: { rule: 'never' }, source: 'Cette donnée dit un fait à la date de la réponse : aucun texte ne lui fixe de fin.' };

/** Identity and standing of who applies may have changed since: customary age of what a decision rests on. */
const customary: ValidityRule = {
  end: { rule: 'months', months: 3 },
  source: 'Aucun texte ne fixe de fin : au-delà de trois mois, la donnée est à relire avant de décider.',
};
const PAST_YEARS = /^(?:dgfip\/.*(?:liasses_fiscales|liens_capitalistiques|chiffres_affaires)|banque_de_france\/|gip_mds\/|data_subvention\/)/;

/** Every resource has a rule: its own, or that of its kind. */
export function ruleOf(resource: string): ValidityRule {
  return (Object.hasOwn(rules, wholeOf(resource)) ? rules[wholeOf(resource)] : undefined) ?? (PAST_YEARS.test(resource) ? factsOfTheirDay : customary);
}

/** What a resource without a rule of its own follows, by kind. */
export const rulesOfKinds: readonly { readonly kind: string; readonly rule: ValidityRule }[] = [
  { kind: 'Comptes, effectifs et subventions des années passées', rule: factsOfTheirDay },
  { kind: 'Toute autre donnée', rule: customary },
];

/** Said beside the rules: nobody has compared them with the texts in force. */
export const VALIDITY_RULES_NOTE = 'Règles de validité rédigées en novembre 2026 : les textes et les usages qu’elles citent sont à vérifier par le service juridique.';

/** Resources that have a rule of their own. */
export const ruledResources: readonly string[] = Object.keys(rules);

/**
 * A resource may be asked for in part: `…/actes_bilans#bilans` is the accounts without the deeds. The part is the name of
 * the list that offers the document, which is kept with it.
 */
export function wholeOf(resource: string): string {
  return resource.split('#', 1)[0] ?? resource;
}

/** Whether a document offered at this place belongs to the part that a resource names, when it names one. */
export function isInPart(resource: string, { endpointId, pointer }: { readonly endpointId: string; readonly pointer: string }): boolean {
  const part = resource.split('#')[1];
  if (part === undefined || pointer.includes(`/${part}/`)) return true;
  // Version 2 has an endpoint a part, and one archive for all its documents.
  return findEndpoint(endpointId)?.version === 2 && endpointId.split('.')[1] === part;
}

/** Parts of a resource whose documents come in several lists, as pieces may name them. */
export function partsOf({ path, documents }: Endpoint): readonly { readonly resource: string; readonly label: string }[] {
  const lists = documents.flatMap(({ link, label }) => (/\/(\w+)\/\*\//.exec(link) ?? []).slice(1).map((part) => ({ resource: `${resourceOf(path)}#${part}`, label })));
  return lists.length > 1 ? lists : [];
}

/** What an endpoint serves, whatever its version and its opening: the name that rules and lists of pieces use. */
export function resourceOfEndpoint(endpointId: string): string {
  const endpoint = findEndpoint(endpointId);
  if (!endpoint) return endpointId;
  const successor = endpoint.version === 2 ? endpoint.replacedBy.map(findEndpoint).find((one) => one !== undefined) : undefined;
  return resourceOf((successor ?? endpoint).path);
}

/** Whether the piece is the document itself, and not the answer that offers it. */
export function isDocument(resource: string): boolean {
  return DOCUMENT_RESOURCES.has(wholeOf(resource)) || readerOf(`/${wholeOf(resource)}`).attestation === true;
}

/** Documents whose answer is no attestation. */
const DOCUMENT_RESOURCES: ReadonlySet<string> = new Set(['inpi/rne/unites_legales/extrait_rne', 'inpi/rne/unites_legales/actes_bilans']);

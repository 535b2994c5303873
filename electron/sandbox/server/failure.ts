import type { JsonObject } from '../../../shared/domain/json';

interface FailureKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Name of the parameter at fault, when it never varies. */
  readonly parameter?: string;
}

const kinds = {
  '00015': { status: 409, title: 'Requête déjà en cours', detail: 'Un appel identique est en cours de traitement ; attendez sa réponse.' },
  '00100': { status: 403, title: 'Privilèges insuffisants', detail: "Le jeton est valide mais ses droits n'ouvrent pas cette donnée." },
  '00101': { status: 401, title: 'Jeton invalide', detail: "Le jeton manque dans l'en-tête Authorization, ou n'est pas valide." },
  '00103': { status: 401, title: 'Jeton expiré', detail: 'La date de fin du jeton est passée.' },
  '00105': { status: 401, title: 'Jeton révoqué', detail: 'Ce jeton figure sur la liste noire du service.' },
  '00201': { status: 422, title: 'Paramètre manquant', detail: 'Le contexte de la requête est obligatoire.', parameter: 'context' },
  '00202': { status: 422, title: 'Paramètre manquant', detail: "L'objet de la requête est obligatoire.", parameter: 'object' },
  '00203': { status: 422, title: 'Paramètre manquant', detail: 'Le bénéficiaire de la requête est obligatoire.', parameter: 'recipient' },
  '00210': { status: 422, title: 'Bénéficiaire invalide', detail: "Le bénéficiaire n'est pas un SIRET valide.", parameter: 'recipient' },
  '00211': { status: 422, title: 'Bénéficiaire invalide', detail: "Le bénéficiaire ne peut pas être l'entité interrogée.", parameter: 'recipient' },
  '00301': { status: 422, title: 'Identifiant invalide', detail: "Le SIREN n'est pas correctement formé.", parameter: 'siren' },
  '00302': { status: 422, title: 'Identifiant invalide', detail: "Le SIRET n'est pas correctement formé.", parameter: 'siret' },
  '00303': { status: 422, title: 'Identifiant invalide', detail: "Ce n'est ni un SIRET ni un numéro RNA.", parameter: 'id' },
  '00304': { status: 422, title: 'Identifiant invalide', detail: "Ce n'est ni un SIRET ni un numéro EORI.", parameter: 'id' },
  '00305': { status: 422, title: 'Mois invalide', detail: "Le mois s'écrit sur deux chiffres, de 01 à 12.", parameter: 'month' },
  '00307': { status: 422, title: 'Année invalide', detail: "L'année n'est pas correctement formée ou sort de la période couverte." },
  '00311': { status: 422, title: 'Identifiant invalide', detail: "Le SIREN redevable de l'impôt sur les sociétés n'est pas correctement formé.", parameter: 'siren_is' },
  '00312': { status: 422, title: 'Identifiant invalide', detail: "Le SIREN redevable de la TVA n'est pas correctement formé.", parameter: 'siren_tva' },
  '00313': { status: 422, title: 'Limite invalide', detail: 'La limite est un entier de 1 à 1000.', parameter: 'limit' },
  '00330': { status: 422, title: 'Identifiant invalide', detail: "Ce n'est ni un SIREN, ni un SIRET, ni un numéro RNA.", parameter: 'id' },
  '00333': { status: 422, title: 'Identifiant invalide', detail: "Ce n'est ni un SIREN ni un numéro RNA.", parameter: 'id' },
  '00390': { status: 422, title: 'Profondeur invalide', detail: 'La profondeur est un entier de 0 à 12.', parameter: 'profondeur' },
  '00401': { status: 400, title: 'Requête invalide', detail: "La requête n'est pas correctement formée." },
  '00402': { status: 404, title: 'Version inconnue', detail: "Cette version n'existe pas pour cette API." },
  '00403': { status: 410, title: 'Lien périmé', detail: 'Ce lien est trop ancien : refaites la demande de la liste des actes et bilans.' },
  '00429': { status: 429, title: 'Trop de requêtes', detail: "Le volume d'appels de ce groupe est dépassé pour cette minute." },
  '00500': { status: 500, title: 'Erreur interne', detail: 'Une erreur inattendue est survenue dans le service.' },
} as const satisfies Record<string, FailureKind>;

export type PlatformCode = keyof typeof kinds;

/** An error of the service, with its status; the body follows the documented envelope. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly parameter: string | null,
    readonly meta: JsonObject,
  ) {
    super(`${code} ${title}`);
    this.name = 'Failure';
  }

  body(): JsonObject {
    const { code, title, detail, parameter, meta } = this;
    return { errors: [{ code, title, detail, source: parameter ? { parameter } : null, meta }] };
  }
}

/** The entity bears another identifier: version 2 answered 301. */
export class Moved extends Error {
  constructor(readonly location: string) {
    super('moved');
    this.name = 'Moved';
  }
}

/** An error decided by API Entreprise itself (codes 00xxx). */
export function platformFailure(code: PlatformCode, meta: JsonObject = {}): Failure {
  const kind: FailureKind = kinds[code];
  return new Failure(kind.status, code, kind.title, kind.detail, kind.parameter ?? null, meta);
}

/** Two-digit prefix of a provider's codes, and its name in `meta.provider`. */
export interface ErrorFamily {
  readonly prefix: string;
  readonly provider: string;
}

/** The generic 404: unknown, or outside the endpoint's perimeter. */
export function notFound(family: ErrorFamily): Failure {
  const detail = "L'identifiant n'existe pas, n'est pas connu ou ne comporte aucune information pour cet appel.";
  return providerFailure(family, '003', 404, 'Entité non trouvée', detail);
}

export function providerFailure(
  { prefix, provider }: ErrorFamily,
  suffix: string,
  status: number,
  title: string,
  detail: string,
  meta: JsonObject = {},
): Failure {
  return new Failure(status, `${prefix}${suffix}`, title, detail, null, { provider, ...meta });
}

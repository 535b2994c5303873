import type { Answer } from '../domain/consultation';
import type { JsonObject, JsonValue } from '../domain/json';
import { isJsonObject } from '../domain/json';
import { compose } from './composites';
import { readDate } from './dates';
import { enumText } from './enums';
import { isPartiallyDiffused, PARTIAL_DIFFUSION } from './notices';
import { isPrimitive, valueAt } from './pointer';

export interface HeaderWarning {
  readonly kind: 'ceased' | 'closed' | 'removed' | 'procedure' | 'partial_diffusion' | 'natural_person';
  readonly tone: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** What heads the sheet; null where no answer says it. */
export interface CompanyHeader {
  readonly name: string | null;
  readonly siren: string | null;
  readonly legalForm: string | null;
  /** Null where no answer says it, or in a word that is not known here. */
  readonly isActive: boolean | null;
  readonly stateLabel: string | null;
  readonly activity: string | null;
  /** The same in NAF 2008, beside NAF 2025. */
  readonly formerActivity: string | null;
  readonly address: string | null;
  readonly headcount: string | null;
  readonly createdOn: string | null;
  readonly warnings: readonly HeaderWarning[];
}

/** Words of the RCS observations that tell of insolvency proceedings (Code de commerce, livre VI). */
const PROCEDURE = /redressement judiciaire|liquidation judiciaire|sauvegarde|plan de cession|procédure collective|procedure collective/i;
const PROCEDURE_ENDED = /cl[oô]ture|fin de la proc[ée]dure|extinction/i;

type HeaderAnswer = Pick<Answer, 'data'>;

/** Builds the header from all answers at hand: whichever says it first, whatever its endpoint. */
export function companyHeader(answers: readonly HeaderAnswer[]): CompanyHeader {
  const units = answers.flatMap(({ data }) => legalUnitsIn(data));
  const state = firstText(units, 'etat_administratif');
  return {
    name: firstDefined(units.map(nameOf)) ?? firstName(answers),
    siren: firstText(units, 'siren') ?? firstText(answers.map(({ data }) => data), 'siren'),
    legalForm: firstComposed(units.map((unit) => unit['forme_juridique']), 'coded') ?? firstComposed(answers.map(({ data }) => valueAt(data, 'forme_juridique')), 'coded'),
    isActive: state === 'A' ? true : state === 'C' ? false : null,
    stateLabel: state === null ? null : enumText('legal_unit_state', state),
    activity: firstComposed(units.map((unit) => unit['activite_principale']), 'naf'),
    formerActivity: firstComposed(units.map((unit) => unit['activite_principale_naf_rev2']), 'naf'),
    address: firstComposed(headOfficeAddresses(answers), 'address'),
    headcount: firstComposed(units.map((unit) => unit['tranche_effectif_salarie']), 'headcount'),
    createdOn: firstDate(units.map((unit) => unit['date_creation'])),
    warnings: warningsOf(answers, units, state),
  };
}

/** Of the head office alone: an establishment that says to be another has an address of its own. */
function headOfficeAddresses(answers: readonly HeaderAnswer[]): (JsonValue | undefined)[] {
  const isHeadOffice = (data: JsonValue) => valueAt(data, 'siege_social');
  const surest = answers.filter(({ data }) => isHeadOffice(data) === true).map(({ data }) => valueAt(data, 'adresse'));
  const named = answers.map(({ data }) => valueAt(data, 'adresse_siege'));
  const silent = answers.filter(({ data }) => typeof isHeadOffice(data) !== 'boolean').map(({ data }) => valueAt(data, 'adresse'));
  return [...surest, ...named, ...silent];
}

/** A unité légale is told by its two attribute blocks, at the root or inside an établissement. */
function legalUnitsIn(data: JsonValue): JsonObject[] {
  return [data, valueAt(data, 'unite_legale')].filter(
    (value): value is JsonObject => isJsonObject(value) && ('personne_morale_attributs' in value || 'personne_physique_attributs' in value),
  );
}

function nameOf(unit: JsonObject): string | undefined {
  const companyName = valueAt(unit, 'personne_morale_attributs/raison_sociale');
  if (typeof companyName === 'string' && companyName !== '') return companyName;
  const person = unit['personne_physique_attributs'];
  return isJsonObject(person) ? compose('person', person)?.text : undefined;
}

function firstName(answers: readonly HeaderAnswer[]): string | null {
  const paths = ['personne_morale/denomination', 'identite_entreprise/denomination', 'nom', 'titre'];
  const values = answers.flatMap(({ data }) => paths.map((path) => valueAt(data, path)));
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}

function firstDefined<T>(values: readonly (T | undefined)[]): T | null {
  return values.find((value) => value !== undefined) ?? null;
}

function firstText(objects: readonly JsonValue[], key: string): string | null {
  const values = objects.map((object) => valueAt(object, key));
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}

function firstComposed(values: readonly (JsonValue | undefined)[], kind: Parameters<typeof compose>[0]): string | null {
  return firstDefined(values.map((value) => (isJsonObject(value) ? compose(kind, value)?.text : undefined)));
}

function firstDate(values: readonly (JsonValue | undefined)[]): string | null {
  return firstDefined(values.map((value) => (isPrimitive(value) ? readDate(value) : undefined)));
}

function warningsOf(answers: readonly HeaderAnswer[], units: readonly JsonObject[], state: string | null): HeaderWarning[] {
  const warnings: HeaderWarning[] = [];
  const ceasedOn = firstDate(units.map((unit) => unit['date_cessation']));
  if (state === 'C') warnings.push({ kind: 'ceased', tone: 'error', message: ceasedOn === null ? 'Unité légale cessée.' : `Unité légale cessée le ${ceasedOn}.` });
  const removedOn = firstDate(answers.map(({ data }) => valueAt(data, 'date_radiation')));
  if (removedOn !== null) warnings.push({ kind: 'removed', tone: 'error', message: `Radiée du registre du commerce le ${removedOn}.` });
  const closed = answers.some(({ data }) => valueAt(data, 'siret') !== undefined && valueAt(data, 'etat_administratif') === 'F');
  if (closed) warnings.push({ kind: 'closed', tone: 'warning', message: 'L’établissement consulté est fermé.' });
  warnings.push(...answers.flatMap(({ data }) => procedureWarnings(data)));
  if (answers.some(({ data }) => isPartiallyDiffused(data))) warnings.push({ kind: 'partial_diffusion', tone: 'warning', message: PARTIAL_DIFFUSION });
  if (firstText(units, 'type') === 'personne_physique') {
    warnings.push({ kind: 'natural_person', tone: 'info', message: 'Personne physique : ces données sont personnelles, ne consultez que le nécessaire.' });
  }
  return warnings;
}

function procedureWarnings(data: JsonValue): HeaderWarning[] {
  const observations = valueAt(data, 'observations');
  if (!Array.isArray(observations)) return [];
  return (observations as readonly JsonValue[]).flatMap((observation) => {
    const text = ['libelle', 'texte'].map((key) => valueAt(observation, key)).filter((value): value is string => typeof value === 'string' && value.trim() !== '').join(' : ');
    if (!PROCEDURE.test(text)) return [];
    const ended = PROCEDURE_ENDED.test(text);
    return [{ kind: 'procedure', tone: ended ? 'info' : 'error', message: `Procédure collective mentionnée au registre : ${text}` }];
  });
}

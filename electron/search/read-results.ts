import type { CompanyMatch, CompanySearchPage } from '../../shared/domain/company';
import { parseSiren, parseSiret } from '../../shared/domain/identifiers';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';

const LINE_LENGTH = 500;

/** Reads a page of results; a field that is missing or odd costs that field, not the page. */
export function readResults(body: JsonValue | undefined, requestedPage: number): CompanySearchPage | undefined {
  if (!isJsonObject(body) || !Array.isArray(body['results'])) return undefined;
  const results = body['results'] as readonly JsonValue[];
  const matches = results.map(readMatch).filter((match) => match !== undefined);
  return {
    matches,
    total: count(body['total_results']) ?? matches.length,
    page: count(body['page']) ?? requestedPage,
    pageCount: count(body['total_pages']) ?? requestedPage,
  };
}

function readMatch(result: JsonValue): CompanyMatch | undefined {
  if (!isJsonObject(result)) return undefined;
  const siren = parseSiren(text(result['siren']) ?? '');
  if (!siren.ok) return undefined;
  const headOffice = objectOf(result['siege']);
  const headOfficeSiret = parseSiret(text(headOffice['siret']) ?? '');
  return {
    siren: siren.value,
    // As received: a name that the law hides stays hidden.
    name: text(result['nom_complet']) ?? text(result['nom_raison_sociale']) ?? siren.value,
    headOfficeSiret: headOfficeSiret.ok ? headOfficeSiret.value : null,
    address: text(headOffice['adresse']) ?? '',
    town: text(headOffice['libelle_commune']),
    postcode: text(headOffice['code_postal']),
    activity: text(result['activite_principale']),
    legalForm: text(result['nature_juridique']),
    headcountBand: text(result['tranche_effectif_salarie']),
    isActive: result['etat_administratif'] !== 'C',
    isAssociation: objectOf(result['complements'])['est_association'] === true,
    createdOn: text(result['date_creation']),
  };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LINE_LENGTH) : null;
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { parseSiren, parseSiret, type Siret, sirenOf } from '../../../shared/domain/identifiers';
import { isJsonObject, type JsonValue } from '../../../shared/domain/json';

export interface Replacement {
  /** What was asked for. */
  readonly asked: string;
  /** SIREN that took its place. */
  readonly identifier: string;
  /** SIRET that took its place, when the answer tells one. */
  readonly siret: Siret | null;
}

/**
 * The identifier that the Insee answers for in place of the company's, which it holds for a duplicate
 * (API Entreprise docs, `meta.redirect_from_siren` and `meta.redirect_from_siret`); null when none was replaced.
 */
export function replacementOf({ identifier, siret }: Pick<DossierCompany, 'identifier' | 'siret'>, answers: readonly Pick<Answer, 'data' | 'meta'>[]): Replacement | null {
  for (const { data, meta } of answers) {
    const asked = [meta['redirect_from_siren'], meta['redirect_from_siret']].find((from): from is string => typeof from === 'string' && (from === identifier || from === siret));
    const now = identityIn(data);
    if (asked !== undefined && now && (now.identifier !== identifier || now.siret !== siret)) return { asked, ...now };
  }
  return null;
}

function identityIn(data: JsonValue): Pick<Replacement, 'identifier' | 'siret'> | null {
  if (!isJsonObject(data)) return null;
  const siret = parseSiret(textOf(data['siret']));
  if (siret.ok) return { identifier: sirenOf(siret.value), siret: siret.value };
  const siren = parseSiren(textOf(data['siren']));
  return siren.ok ? { identifier: siren.value, siret: null } : null;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

import { createHash } from 'node:crypto';

import type { DocumentKind } from '../documents/document-kind';
import { notFound, providerFailure } from '../server/failure';
import { type Answer, type AnswerContext, single } from '../server/route';
import type { SandboxCompany, Trait } from '../companies/types';
import { lastDayOfPreviousMonth, monthsLater, parisDay } from './dates';

const ONE_DAY_S = 86_400;

/** Security code printed on the attestation and repeated in the answer: 15 characters. */
export function securityCode(company: SandboxCompany): string {
  return createHash('sha256').update(`vigilance ${company.siren ?? ''}`).digest('hex').slice(0, 15).toUpperCase();
}

/** @throws Failure 03003: income-tax payers, insolvency, companies of the year… */
export const fiscalAttestation =
  (version: 3 | 4) =>
  (context: AnswerContext): Answer => {
    const { company, family, nowMs } = context;
    if (company.traits.includes('outside_fiscal_perimeter') || company.ceasedOn) throw notFound(family);
    const today = parisDay(nowMs);
    const url = context.documentLink({ kind: 'attestation_fiscale', company, variant: today }, ONE_DAY_S);
    if (version === 3) return single({ document_url: url, expires_in: ONE_DAY_S });
    return single({
      document_url: url,
      document_url_expires_in: ONE_DAY_S,
      date_delivrance_attestation: today,
      date_periode_analysee: lastDayOfPreviousMonth(today),
    });
  };

/** A refusal is an error in version 3, and a 200 without document in version 4. */
export const vigilanceAttestation =
  (version: 3 | 4) =>
  (context: AnswerContext): Answer => {
    const { company, family, nowMs } = context;
    refuseOutsideUrssaf(context);
    const refused = company.traits.includes('vigilance_refused');
    if (refused && version === 3) {
      throw providerFailure(family, '503', 502, 'Délivrance impossible', "La situation de l'entité ne permet pas de délivrer l'attestation.");
    }
    if (refused) return single(refusedVigilance);
    const today = parisDay(nowMs);
    const url = context.documentLink({ kind: 'attestation_vigilance', company, variant: today }, ONE_DAY_S);
    if (version === 3) return single({ document_url: url, expires_in: ONE_DAY_S });
    return single({
      entity_status: {
        code: 'ok',
        libelle: "Attestation délivrée par l'Urssaf",
        description: "L'entité est à jour de ses cotisations à la date de validité.",
      },
      date_debut_validite: today,
      date_fin_validite: monthsLater(today, 6),
      code_securite: securityCode(company),
      document_url: url,
      document_url_expires_in: ONE_DAY_S,
    });
  };

const refusedVigilance = {
  entity_status: {
    code: 'refus_de_delivrance',
    libelle: "Délivrance de l'attestation refusée par l'Urssaf",
    description: "L'entité n'est pas à jour de ses cotisations ; elle doit se rapprocher de l'Urssaf.",
  },
  date_debut_validite: null,
  date_fin_validite: null,
  code_securite: null,
  document_url: null,
  document_url_expires_in: null,
};

/** @throws Failure 04501 when an agent must look at the case, 04003 outside the perimeter. */
function refuseOutsideUrssaf({ company, family }: AnswerContext): void {
  if (company.traits.includes('manual_urssaf_analysis')) {
    throw providerFailure(family, '501', 502, 'Analyse manuelle en cours', "Un agent de l'Urssaf examine la demande ; la réponse est attendue sous 48 heures.", { retry_in: 172_800 });
  }
  const isOutside = company.traits.includes('agricultural') || company.ceasedOn !== null || company.headcount === 0;
  if (isOutside) throw notFound(family);
}

/** A document given to the companies that bear a trait, 404 to the others. */
export const documentForTrait =
  (kind: DocumentKind, trait: Trait, lifetimeS: number) =>
  (context: AnswerContext): Answer => {
    const { company, family, nowMs } = context;
    if (!company.traits.includes(trait) || company.ceasedOn) throw notFound(family);
    const url = context.documentLink({ kind, company, variant: parisDay(nowMs) }, lifetimeS);
    return single({ document_url: url, expires_in: lifetimeS });
  };

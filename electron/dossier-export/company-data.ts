import { PARTIAL_DIFFUSION } from '../../shared/reading';
import type { DossierContents, ExportedCompany } from './contents';

/** Who the company is, and what may not be done with what is said of it. */
export function companyHeading({ company, isPartiallyDiffused }: ExportedCompany) {
  const { identifier, siret, name } = company;
  return { identifier, siret, name, partialDiffusion: isPartiallyDiffused ? PARTIAL_DIFFUSION : null };
}

/** The answers of one company, as received, with where each comes from. */
export function companyData({ journalLineOf }: DossierContents, exported: ExportedCompany) {
  return {
    ...companyHeading(exported),
    answers: exported.answers.map(({ endpointId, identifier, provider, parameters, receivedAt, requestId, data, meta }) => ({
      ...{ endpointId, identifier, provider, parameters, receivedAt, requestId },
      journalLine: journalLineOf(requestId),
      ...{ data, meta },
    })),
  };
}


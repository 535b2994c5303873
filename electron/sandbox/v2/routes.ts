import { v2Endpoints } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import { type ErrorFamily, Moved } from '../server/failure';
import type { Answer, AnswerContext, PoolId, Route } from '../server/route';
import { families } from '../server/route-definition';
import * as associations from './associations';
import * as attestations from './attestations';
import * as companies from './companies';
import * as finances from './finances';
import * as registers from './registers';
import * as workforce from './workforce';

interface Player {
  readonly family: ErrorFamily;
  readonly answer: (context: AnswerContext) => Answer;
  readonly answerAlone?: Route['answerAlone'];
}

const played = (family: ErrorFamily, answer: Player['answer']): Player => ({ family, answer });

/** What plays each endpoint; its address, rights and counter are those of the catalogue. */
const players: Readonly<Record<string, Player>> = {
  'insee.entreprises.v2': played(families.insee, companies.company),
  'insee.etablissements.v2': played(families.insee, companies.establishment),
  'infogreffe.extraits_rcs.v2': played(families.infogreffe, registers.tradeRegister),
  'ministere_interieur.associations.v2': played(families.interior, associations.association),
  'ministere_interieur.documents_associations.v2': played(families.interior, associations.associationDocuments),
  'inpi.actes.v2': played(families.inpi, registers.actsArchive),
  'inpi.bilans.v2': played(families.inpi, registers.accountsArchive),
  'inpi.extraits_courts.v2': played(families.inpi, registers.industrialProperty),
  'ministeres_sociaux.conventions_collectives.v2': played(families.agreements, registers.collectiveAgreements),
  'cma_france.entreprises_artisanales.v2': played(families.cma, registers.craft),
  'urssaf.effectifs_annuels.v2': played(families.urssaf, workforce.yearly),
  'urssaf.effectifs_mensuels_etablissement.v2': played(families.urssaf, workforce.monthlyOfEstablishment),
  'urssaf.effectifs_mensuels_entreprise.v2': played(families.urssaf, workforce.monthlyOfCompany),
  'dgfip.exercices.v2': played(families.dgfip, finances.turnovers),
  'banque_de_france.bilans.v2': played(families.centralBank, finances.centralBank),
  'dgfip.liasses_fiscales_complete.v2': played(families.dgfip, finances.wholeTaxReturn),
  'dgfip.liasses_fiscales_declarations.v2': played(families.dgfip, finances.taxDeclarations),
  'dgfip.liasses_fiscales_dictionnaire.v2': { ...played(families.dgfip, finances.wholeTaxReturn), answerAlone: finances.taxDictionary },
  'dgfip.attestation_fiscale.v2': played(families.dgfip, attestations.fiscal),
  'urssaf.attestation_vigilance.v2': played(families.urssaf, attestations.vigilance),
  'agefiph.attestations.v2': played(families.agefiph, attestations.disabilityEmployment),
  'msa.cotisations.v2': played(families.msa, attestations.agriculturalContributions),
  'probtp.attestation_cotisations_retraite.v2': played(families.probtp, attestations.forTrait('attestation_probtp', 'building')),
  'probtp.eligibilite_cotisations_retraite.v2': played(families.probtp, attestations.retirementEligibility),
  'fntp.carte_professionnelle.v2': played(families.fntp, attestations.forTrait('carte_fntp', 'public_works')),
  'cnetp.certificat.v2': played(families.cnetp, attestations.forTrait('certificat_cnetp', 'public_works')),
  'ademe.certificats_rge.v2': played(families.ademe, registers.energyCertificates),
  'qualibat.certificat.v2': played(families.qualibat, attestations.qualibat),
  'opqibi.certificat.v2': played(families.opqibi, registers.engineering),
  'agence_bio.certificat.v2': played(families.organic, registers.organic),
  'douanes.eori.v2': played(families.customs, registers.customs),
};

/** Every route of version 2 in the catalogue. */
export const v2Routes: readonly Route[] = v2Endpoints.map(routeOf);

function routeOf(endpoint: Endpoint): Route {
  const player = players[endpoint.id];
  if (!player) throw new Error(`nobody plays ${endpoint.id}`);
  return {
    path: endpoint.path,
    scopes: endpoint.scopes,
    pool: endpoint.pool as PoolId,
    identifier: { parameter: endpoint.identifierParameter, kinds: endpoint.identifiers },
    cache: null,
    openDataOnly: false,
    acceptsNoSiren: endpoint.identifiers.includes('rna'),
    family: player.family,
    ...(player.answerAlone ? { answerAlone: player.answerAlone } : {}),
    answer: (context) => {
      // Version 3 answers for the new identifier; version 2 sent the caller to it.
      if (context.redirectedFrom) throw new Moved(`${context.apiUrl}${endpoint.path.replace('{siren}', context.siren)}`);
      return player.answer(context);
    },
  };
}

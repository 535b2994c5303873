import { notFound, providerFailure } from '../server/failure';
import { type Answer, type AnswerContext, single } from '../server/route';
import { documentForTrait } from './attestations';
import { parisDay } from './dates';
import { establishmentHeadcount } from './insee';

const TEN_MINUTES_S = 600;
const NATURES: Readonly<Record<string, string>> = {
  moyen: 'effectif_moyen',
  boeth: 'effectif_boeth',
  ecap: 'effectif_ecap',
  assujettissement_oeth: 'effectif_assujettissement_oeth',
};

/** One entry per regime; the one that does not concern the company is null. @throws Failure 404 for years not yet known. */
export function yearlyWorkforce({ company, siren, parameters, query, nowMs, family }: AnswerContext): Answer {
  const year = Number(parameters['year']);
  if (year >= Number(parisDay(nowMs).slice(0, 4)) || year < Number(company.createdOn.slice(0, 4))) throw notFound(family);
  const nature = `${natureOf(query)}_annuel`;
  const updatedOn = `${year + 1}-01-31`;
  return single({ siren, annee: String(year), effectifs_annuel: byRegime(company.traits.includes('agricultural'), company.headcount, { nature, updatedOn }) });
}

/** The month asked for and the `profondeur` months before it, most recent first. */
export function monthlyWorkforce({ company, establishment, parameters, query, nowMs, family }: AnswerContext): Answer {
  const asked = Number(parameters['year']) * 12 + Number(parameters['month']) - 1;
  const [currentYear = 0, currentMonth = 1] = parisDay(nowMs).split('-').map(Number);
  if (asked >= currentYear * 12 + currentMonth - 1) throw notFound(family);
  const depth = Number(query.get('profondeur') ?? 0);
  const headcount = establishmentHeadcount(company, establishment);
  const months = Array.from({ length: depth + 1 }, (_, back) => asked - back);
  return single({
    siret: establishment.siret,
    effectifs_mensuels: months.flatMap((month) => {
      const annee = String(Math.floor(month / 12));
      const mois = String((month % 12) + 1).padStart(2, '0');
      const details = { nature: `${natureOf(query)}_mensuel`, updatedOn: `${annee}-${mois}-28` };
      return byRegime(company.traits.includes('agricultural'), headcount, details).map((entry) => ({ ...entry, annee, mois }));
    }),
  });
}

function byRegime(isAgricultural: boolean, value: number, { nature, updatedOn }: { readonly nature: string; readonly updatedOn: string }) {
  return ['regime_general', 'regime_agricole'].map((regime) => {
    const concerned = (regime === 'regime_agricole') === isAgricultural;
    return { regime, value: concerned ? value : null, nature, date_derniere_mise_a_jour: concerned ? updatedOn : null };
  });
}

const natureOf = (query: URLSearchParams): string => NATURES[query.get('nature_effectif') ?? 'moyen'] ?? 'effectif_moyen';

/** @throws Failure 404 outside the agricultural regime. */
export function agriculturalCompliance({ company, family }: AnswerContext): Answer {
  if (!company.traits.includes('agricultural')) throw notFound(family);
  return single({ status: 'up_to_date' });
}

/** `eligible: false` is an answer, not an error. @throws Failure 404 for who is no member. */
export function retirementCompliance({ company, family }: AnswerContext): Answer {
  if (!company.traits.includes('building')) throw notFound(family);
  return single({ eligible: !company.traits.includes('craft') || company.headcount > 20 });
}

/** CIBTP says 404 with a code of its own for a member who is not in order. */
export function cibtpCertificate(context: AnswerContext): Answer {
  const { company, family } = context;
  if (company.traits.includes('building') && company.headcount < 20) {
    throw providerFailure(family, '422', 404, 'Entreprise non à jour', "L'entreprise n'est pas à jour de ses cotisations auprès de la caisse.");
  }
  return documentForTrait('certificat_cibtp', 'building', TEN_MINUTES_S)(context);
}

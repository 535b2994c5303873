import type { JsonObject } from '../../../shared/domain/json';
import type { FinancialYear, SandboxCompany } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, single } from '../server/route';
import { monthsLater } from './dates';

/** Selected forms of the year closed in `year`. @throws Failure 404 when nothing was filed. */
export function taxForms({ company, siren, parameters, family }: AnswerContext): Answer {
  const year = company.years.find(({ closedOn }) => closedOn.startsWith(parameters['year'] ?? '-'));
  if (!year || company.ceasedOn) throw notFound(family);
  const regime = company.headcount > 20 ? { code: 'RN', libelle: 'Réel normal' } : { code: 'RS', libelle: 'Réel simplifié' };
  return single(
    {
      obligations_fiscales: [{ id: `1${siren}0`, code: 'IS', libelle: 'Impôt sur les sociétés', reference: 'IS1', regime: regime.libelle }],
      declarations: forms.map(({ number, lines }) => ({
        numero_imprime: number,
        regime,
        date_declaration: monthsLater(year.closedOn, 4),
        date_fin_exercice: year.closedOn,
        duree_exercice: 365,
        millesime: `${Number(year.closedOn.slice(0, 4)) + 1}01`,
        donnees: lines.map((line) => taxLine(line, year)),
      })),
    },
    {},
    { internal_id_itip: `2${siren}` },
  );
}

interface TaxLine {
  readonly code: string;
  readonly label: string;
  readonly amount: (year: FinancialYear) => number;
}

interface TaxForm {
  readonly number: string;
  readonly lines: readonly TaxLine[];
}

const forms: readonly TaxForm[] = [
  { number: '2050', lines: [{ code: 'CO', label: "Total général de l'actif", amount: ({ equity, debts }) => equity + debts }] },
  {
    number: '2051',
    lines: [
      { code: 'DL', label: 'Capitaux propres', amount: ({ equity }) => equity },
      { code: 'EC', label: 'Dettes', amount: ({ debts }) => debts },
    ],
  },
  {
    number: '2052',
    lines: [
      { code: 'FL', label: "Chiffre d'affaires net", amount: ({ turnover }) => turnover },
      { code: 'HN', label: 'Bénéfice ou perte', amount: ({ netIncome }) => netIncome },
    ],
  },
];

/** Forms and the meaning of their codes, without values. */
export const taxFormLabels: readonly { readonly number: string; readonly lines: readonly Pick<TaxLine, 'code' | 'label'>[] }[] = forms;

function taxLine({ code, label, amount }: TaxLine, year: FinancialYear): JsonObject {
  const position = code.charCodeAt(0) * 100 + code.charCodeAt(1);
  return {
    code,
    code_EDI: `${code}:C516:5004:1:MOA`,
    code_absolu: String(2_000_000 + position),
    code_type_donnee: 'MOA',
    intitule: label,
    code_nref: String(300_000 + position),
    valeurs: [String(amount(year))],
  };
}

/** Holdings of ten percent and more, both ways. @throws Failure 404 when neither form was filed. */
export function capitalLinks({ company, registry, family }: AnswerContext): Answer {
  const isHolding = company.traits.includes('holding');
  const isSubsidiary = company.traits.includes('subsidiary');
  if (!isHolding && !isSubsidiary) throw notFound(family);
  const counterpart = registry.companies.find(({ traits }) => traits.includes(isHolding ? 'subsidiary' : 'holding'));
  if (!counterpart) throw notFound(family);
  return single({
    capital: {
      actionnaires: isSubsidiary ? [shareholder(counterpart)] : [],
      repartition: {
        personnes_physiques: { total_actions: isSubsidiary ? 245 : 1_000, nombre: isSubsidiary ? 1 : 3 },
        personnes_morales: { total_actions: isSubsidiary ? 755 : 0, nombre: isSubsidiary ? 1 : 0 },
      },
      depose_neant: !isSubsidiary,
    },
    participations: {
      filiales: isHolding ? [subsidiary(counterpart)] : [],
      nombre_filiales: isHolding ? 1 : 0,
      depose_neant: !isHolding,
    },
  });
}

function shareholder(parent: SandboxCompany): JsonObject {
  return {
    type: 'personne_morale',
    pourcentage: 75.5,
    nombre_parts: 755,
    personne_physique_attributes: {
      civilite: null,
      nom_patronymique_et_prenoms: null,
      nom_marital: null,
      date_naissance: { annee: null, mois: null },
    },
    personne_morale_attributes: { siren: parent.siren, denomination: parent.name, complement_denomination: null, forme_juridique: 'SA' },
    adresse: taxAddress(parent),
  };
}

function subsidiary(child: SandboxCompany): JsonObject {
  return {
    siren: child.siren ?? '',
    denomination: child.name,
    complement_denomination: null,
    forme_juridique: 'SAS',
    pourcentage_detention: 75.5,
    adresse: taxAddress(child),
  };
}

function taxAddress({ establishments }: SandboxCompany): JsonObject {
  const address = establishments[0]?.address;
  return {
    numero: address?.number.padStart(4, '0') ?? '',
    voie: address ? `${address.wayType} ${address.wayName}` : null,
    lieu_dit_hameau: null,
    code_postal: address?.postcode ?? '',
    ville: address?.commune ?? '',
    pays: 'FR',
  };
}

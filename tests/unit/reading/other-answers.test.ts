import { describe, expect, it } from 'vitest';

import type { JsonObject, JsonValue } from '../../../shared/domain/json';
import { companyHeader } from '../../../shared/reading';
import { expectNothingLost } from '../../support/nothing-lost';

/** Answers of shapes that the official samples do not show: each is read whole, and what it says is said rightly. */
const ESTABLISHMENT = '/v4/insee/sirene/etablissements/{siret}';
const UNIT = '/v4/insee/sirene/unites_legales/{siren}';
const DIRECTORS = '/v3/infogreffe/rcs/unites_legales/{siren}/mandataires_sociaux';
const EXTRACT = '/v3/infogreffe/rcs/unites_legales/{siren}/extrait_kbis';
const TURNOVER = '/v3/dgfip/etablissements/{siret}/chiffres_affaires';
const LINKS = '/v3/dgfip/unites_legales/{siren}/liens_capitalistiques/{year}';
const HEADCOUNT = '/v3/gip_mds/etablissements/{siret}/effectifs_mensuels/{month}/annee/{year}';
const OWNERS = '/v3/inpi/rne/unites_legales/{siren}/beneficiaires_effectifs';
const SHEETS = '/v3/banque_de_france/unites_legales/{siren}/bilans';
const ASSOCIATION = '/v4/djepva/api-association/associations/{siren_or_rna}';
const SUBSIDIES = '/v3/data_subvention/associations/{siren_or_siret_or_rna}/subventions';
const EORI = '/v3/douanes/etablissements/{siret_or_eori}/immatriculations_eori';
const VAT = '/v3/european_commission/unites_legales/{siren}/numero_tva';
const AGREEMENTS = '/v3/fabrique_numerique_ministeres_sociaux/etablissements/{siret}/conventions_collectives';
const QUALIBAT = '/v4/qualibat/etablissements/{siret}/certification_batiment';
const GREEN = '/v3/ademe/etablissements/{siret}/certification_rge';

function read(path: string, data: JsonValue, meta: JsonObject = {}) {
  return expectNothingLost({ data, meta }, path);
}

/** Every text of a card, with plain spaces. */
function textOf(path: string, data: JsonValue, meta: JsonObject = {}): string {
  const { outcome, notices, facts, fields, tables, others } = read(path, data, meta);
  const cells = [...facts, ...fields, ...others].map(({ label, text }) => `${label} = ${text}`);
  const rows = tables.flatMap((table) => table.rows.map((row) => row.map((cell) => cell?.text ?? '').join(' | ')));
  return [outcome?.sentence ?? '', ...notices.map(({ message }) => message), ...cells, ...rows].join('\n').replace(/[\u00a0\u202f]/g, ' ');
}

const nobody = { pseudonyme: null, prenom_usuel: null, prenom_1: null, prenom_2: null, prenom_3: null, prenom_4: null, nom_usage: null, nom_naissance: null, sexe: null };
const silentCode = { code: null, libelle: null, nomenclature: null };
const silentBand = { code: null, intitule: null, date_reference: null, de: null, a: null };
const unit = {
  ...{ siren: '299031112', rna: null, siret_siege_social: '29903111200012', type: 'personne_morale' },
  personne_morale_attributs: { raison_sociale: 'ATELIERS DU VERGER', sigle: null },
  personne_physique_attributs: nobody,
  ...{ categorie_entreprise: null, status_diffusion: 'diffusible', diffusable_commercialement: true },
  ...{ forme_juridique: { code: '5710', libelle: 'SAS' }, activite_principale: silentCode, activite_principale_naf_rev2: silentCode },
  ...{ tranche_effectif_salarie: silentBand, etat_administratif: 'A', economie_sociale_et_solidaire: null, date_creation: null },
};
const silentAddress = {
  ...{ numero_voie: null, indice_repetition_voie: null, type_voie: null, libelle_voie: null, complement_adresse: null, code_commune: null, code_postal: null },
  ...{ distribution_speciale: null, code_cedex: null, libelle_cedex: null, libelle_commune: null, libelle_commune_etranger: null, code_pays_etranger: null, libelle_pays_etranger: null },
};
const abroad = { ...silentAddress, numero_voie: '12', libelle_voie: 'RUE HAUTE', libelle_commune_etranger: 'VALMONT-SUR-ESCAUT', code_pays_etranger: '99131', libelle_pays_etranger: 'BELGIQUE', status_diffusion: 'diffusible' };
const atHome = { ...silentAddress, numero_voie: '3', indice_repetition_voie: 'B', type_voie: 'QUAI', libelle_voie: 'DES SAULES', code_postal: '35999', libelle_commune: 'VALMONT' };
const establishment = { siret: '29903111200012', siege_social: true, etat_administratif: 'A', date_fermeture: null, enseigne: null, unite_legale: unit, adresse: atHome, status_diffusion: 'diffusible' };

describe('the register of companies', () => {
  it('reads an address abroad, with its country', () => {
    expect(textOf(ESTABLISHMENT, { ...establishment, adresse: abroad })).toContain('12 RUE HAUTE, VALMONT-SUR-ESCAUT BELGIQUE');
  });
  it('says once that an address is silent', () => {
    expect(textOf(ESTABLISHMENT, { ...establishment, adresse: silentAddress })).toContain('non communiqué');
  });
  it('reads a unit in which every field that may be null is', () => {
    const silent = { ...unit, personne_morale_attributs: { raison_sociale: null, sigle: null } };
    expect(textOf(UNIT, silent)).not.toMatch(/ = (?:0|Non|null|undefined)$/m);
  });
  it('reads a person under a name of use, with the name of birth', () => {
    const person = { ...nobody, prenom_usuel: 'CAMILLE', prenom_1: 'CAMILLE', prenom_2: 'LOU', nom_usage: 'EXEMPLE', nom_naissance: 'MODELE' };
    const header = companyHeader([{ data: { ...unit, type: 'personne_physique', personne_morale_attributs: { raison_sociale: null }, personne_physique_attributs: person } }]);
    expect(header.name).toBe('CAMILLE EXEMPLE (né(e) MODELE)');
  });
  it('reads a creation before 1970 and one under the old time of Paris', () => {
    expect(textOf(UNIT, { ...unit, date_creation: -473_389_200 })).toContain('1er janvier 1955');
    expect(textOf(UNIT, { ...unit, date_creation: -2_208_989_361 })).toContain('1er janvier 1900');
  });
  it('shows a number that is no day as it came', () => {
    expect(textOf(UNIT, { ...unit, date_creation: 1_673_478_000_000 })).toContain('1673478000000');
  });
  it('takes no status of diffusion but the open one for open', () => {
    for (const status_diffusion of ['partiellement_diffusible', 'non_diffusible', 'restreinte_2027']) {
      expect(companyHeader([{ data: { ...unit, status_diffusion } }]).warnings.map(({ kind }) => kind)).toContain('partial_diffusion');
    }
    for (const status_diffusion of ['diffusible', null]) expect(companyHeader([{ data: { ...unit, status_diffusion } }]).warnings).toEqual([]);
  });
  it('shows a state that it does not know as it came, neither active nor ceased', () => {
    const header = companyHeader([{ data: { ...unit, etat_administratif: 'S' } }]);
    expect(header).toMatchObject({ stateLabel: 'S', isActive: null, warnings: [] });
  });
  it('says both identifiers of a unit that became another', () => {
    expect(textOf(UNIT, unit, { redirect_from_siren: '299028209', date_derniere_mise_a_jour: 1_673_478_000 })).toContain('299 028 209');
  });
  it('heads the sheet with the address of the head office, never that of another establishment', () => {
    const elsewhere = { ...establishment, siret: '29903111200020', siege_social: false, adresse: abroad };
    expect(companyHeader([{ data: elsewhere }]).address).toBeNull();
    expect(companyHeader([{ data: elsewhere }, { data: establishment }]).address).toContain('QUAI DES SAULES');
    expect(companyHeader([{ data: { nom: 'LES AMIS DU VERGER', adresse_siege: { numero_voie: '5', libelle_voie: 'IMPASSE DU PUITS' } } }, { data: elsewhere }]).address).toContain('IMPASSE DU PUITS');
  });
});

describe('the register of commerce', () => {
  it('reads two hundred directors, persons and companies, each on a line', () => {
    const directors = Array.from({ length: 200 }, (_, rank) => ({
      data: rank % 2 === 0
        ? { type: 'personne_morale', numero_identification: '299028209', fonction: 'PRESIDENT', raison_sociale: `HOLDING ${rank}`, nom: null, prenom: null }
        : { type: 'personne_physique', numero_identification: '', fonction: null, nom: 'EXEMPLE', prenom: `LOU ${rank}`, date_naissance: '1980-02-29', date_naissance_timestamp: 320_626_800, raison_sociale: null },
      links: {}, meta: {},
    }));
    const card = read(DIRECTORS, directors, { count: 200, personnes_morales_count: 100, personnes_physiques_count: 100 });
    expect(card.tables.map(({ rows }) => rows.length)).toEqual([200]);
    expect(textOf(DIRECTORS, directors)).toContain('HOLDING 198');
  });
  it('reads no director at all', () => {
    expect(textOf(DIRECTORS, [], { count: 0, personnes_morales_count: 0, personnes_physiques_count: 0 })).toContain('Mandataires = 0');
  });
  it('warns of proceedings wherever the observation names them, and less loudly once they are ended', () => {
    const warned = (observation: JsonObject) => companyHeader([{ data: { observations: [observation] } }]).warnings.map(({ tone }) => tone);
    expect(warned({ numero: '1', libelle: 'Mention', texte: 'Jugement de liquidation judiciaire', date: '2026-01-02' })).toEqual(['error']);
    expect(warned({ numero: '2', libelle: 'CLÔTURE DE LA PROCÉDURE DE REDRESSEMENT JUDICIAIRE', date: null })).toEqual(['info']);
    expect(warned({ numero: '3', libelle: 'Transfert du siège', date: '2026-01-02' })).toEqual([]);
    expect(warned({ numero: null, libelle: null, date: null })).toEqual([]);
  });
  it('reads an extract without company, in a currency that is not the euro, of a closing day that is ambiguous', () => {
    const text = textOf(EXTRACT, {
      ...{ siren: '299031112', date_radiation: null, date_immatriculation: '2019-02-30', mandataires_sociaux: [], observations: [] },
      capital: { montant: 10_000, devise: 'FRANCS SUISSES', code_devise: 'CHF' },
      personne_morale: { forme_juridique: { valeur: null, code: null }, denomination: null, date_cloture_exercice_comptable: '02-03' },
      personne_physique: { nom: null, prenom: null, adresse: { pays: null }, naissance: { date: '1965-01', lieu: null, pays: { valeur: null, code: null } } },
    });
    expect(text).toContain('10 000 FRANCS SUISSES');
    expect(text).toContain('02-03');
    expect(text).toContain('2019-02-30');
    expect(text).toContain('janvier 1965');
    expect(text).not.toContain('€');
  });
  it('reads an owner born in a month, without a way to control that is told', () => {
    const owner = { beneficiaire_uuid: 'u', nom: 'EXEMPLE', nom_usage: null, prenoms: [], date_naissance: { annee: '1979', mois: '3' }, nationalite: null, pays_residence: 'Suisse', modalites: {} };
    expect(textOf(OWNERS, [{ data: owner, links: {}, meta: {} }], { count: 1, beneficiaires_sans_modalites_uuids: ['u'] })).toContain('mars 1979');
  });
});

describe('money', () => {
  it('tells a turnover that is null, zero, negative or with cents apart', () => {
    const year = (chiffre_affaires: JsonValue, end: string) => ({ data: { chiffre_affaires, date_fin_exercice: end }, links: {}, meta: {} });
    const text = textOf(TURNOVER, [year(null, '2025-12-31'), year(0, '2024-12-31'), year(-12.5, '2023-12-31'), year('1234567', '2022-12-31')]);
    expect(text).toMatch(/31 décembre 2025.*non communiqué|non communiqué.*31 décembre 2025/);
    expect(text).toContain('0 €');
    expect(text).toContain('-12,50 €');
    expect(text).toContain('1 234 567 €');
  });
  it('reads a year of the Banque de France with text for amounts and no evolution', () => {
    const value = { valeur: '-900', evolution: null };
    const text = textOf(SHEETS, [{ data: { annee: '2024', date_arrete_exercice: '202412', valeurs_calculees: [{ disponibilites: value, valeur_ajoutee_bdf: { valeur: 'NS' } }], declarations: [] }, links: {}, meta: {} }], { count: 1 });
    expect(text).toContain('décembre 2024');
    expect(text).toContain('-900');
    expect(text).toContain('NS');
  });
  it('reads shareholders of both kinds, and a return that says that there are none', () => {
    const person = { type: 'personne_physique', pourcentage: 50.5, nombre_parts: 101, personne_physique_attributes: { civilite: null, nom_patronymique_et_prenoms: 'EXEMPLE LOU', nom_marital: null, date_naissance: { annee: '1971', mois: null } }, personne_morale_attributes: { siren: null, denomination: null }, adresse: { numero: null, ville: 'GENEVE', pays: 'SUISSE' } };
    const company = { ...person, type: 'personne_morale', personne_physique_attributes: { civilite: null, nom_patronymique_et_prenoms: null, date_naissance: { annee: null, mois: null } }, personne_morale_attributes: { siren: '299028209', denomination: 'HOLDING' } };
    const text = textOf(LINKS, { capital: { actionnaires: [person, company], repartition: { personnes_physiques: { total_actions: null, nombre: 0 } }, depose_neant: false }, participations: { filiales: [], nombre_filiales: 0, depose_neant: true } });
    expect(text).toContain('EXEMPLE LOU');
    expect(text).toContain('HOLDING');
    expect(text).toContain('GENEVE, SUISSE');
    expect(text).toContain('50,5 %');
  });
  it('reads a subsidy asked and not yet judged', () => {
    const asked = { demande_subvention: { fournisseur: 'X', annee_exercice_demande: 2026, subvention_demandee: { dispositif: 'D', montant_demande: 1500 }, description_des_projets: { projet: [] }, instruction: { statut_demande: 'Statut inventé', montant_accorde: null, date_commission: null } }, paiements: [] };
    expect(textOf(SUBSIDIES, [{ data: asked, links: {}, meta: {} }])).toContain('Statut inventé');
  });
});

describe('people, marks and numbers', () => {
  it('leaves a month without headcount silent, in its table and in its chart', () => {
    const month = (value: JsonValue, mois: string) => ({ regime: 'regime_inconnu', value, nature: 'moyen', annee: '2026', mois, date_derniere_mise_a_jour: null });
    const data = { siret: '29903111200012', effectifs_mensuels: [month(null, '09'), month(0, '08'), month(12.25, '07')] };
    const card = read(HEADCOUNT, data);
    expect(card.charts.flatMap(({ points }) => points.map(({ values }) => values[0] ?? null))).toEqual([12.25, 0, null]);
    expect(textOf(HEADCOUNT, data)).toContain('regime_inconnu');
  });
  it('reads an association dissolved, without SIREN, whose lists are empty', () => {
    const association = { rna: 'W751080001', siren: null, nom: 'LES AMIS DU VERGER', active: false, date_dissolution: '2024-06-30', agrements: [], etablissements: [], forme_juridique: { code: null, libelle: null }, adresse_siege: silentAddress };
    const text = textOf(ASSOCIATION, association);
    expect(text).toContain('30 juin 2024');
    expect(companyHeader([{ data: association }]).name).toBe('LES AMIS DU VERGER');
  });
  it('reads a customs number abroad and no longer valid, and a VAT number', () => {
    expect(textOf(EORI, { id: 'BE0123456789', actif: false, code_pays: 'BE', code_postal: null, libelle: 'ATELIERS', pays: 'Belgique', rue: '', ville: 'VALMONT' })).toContain('BE0123456789');
    expect(textOf(VAT, { tva_number: null })).toContain('non communiqué');
  });
  it('reads agreements without a number, without synonyms, in a state that is new', () => {
    expect(textOf(AGREEMENTS, [{ data: { type: 'accord_inedit', titre: 'Accord', titre_court: null, numero_idcc: null, active: null, etat: 'ETAT_2027', synonymes: [], url: '', date_publication: '2026-01-01T00:00:00.000Z' }, links: {}, meta: { internal_id: 'x' } }])).toContain('ETAT_2027');
  });
  it('reads certifications under two shapes, with fields that nobody announced', () => {
    const text = textOf(QUALIBAT, { date_emission: null, date_fin_validite: '2026-12-31', entity: { certifications: [], assurance_responsabilite_civile: { nom: null, identifiant: null } }, champ_de_2027: { niveau: 3 } });
    expect(text).toContain('31 décembre 2026');
    expect(text).toMatch(/champ.de.2027.*3/i);
    expect(textOf(GREEN, [{ data: { nom_certificat: 'C', qualification: { code: 'A1', nom: 'Q' }, date_expiration: '1er trimestre', meta: { archived: true } }, links: {}, meta: {} }])).toContain('1er trimestre');
  });
  it.each([null, [], {}, '', 0, false, [null], [[]], { data: null }])('reads a body that is %j', (data) => {
    for (const path of [UNIT, DIRECTORS, TURNOVER, HEADCOUNT, OWNERS, SHEETS]) read(path, data as JsonValue);
    companyHeader([{ data: data as JsonValue }]);
  });
});

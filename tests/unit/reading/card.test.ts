import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DocumentOffer } from '../../../shared/domain/consultation';
import type { JsonValue } from '../../../shared/domain/json';
import { changeSentence, compareAnswers, companyHeader, errorWords, readCard } from '../../../shared/reading';
import { expectNothingLost } from '../../support/nothing-lost';

const offer: DocumentOffer = { pointer: '/data/document_url', label: 'Attestation', linkExpiresAt: null, documentDate: null };
const read = (path: string, data: JsonValue, documents: DocumentOffer[] = [], meta = {}) => readCard({ data, meta, documents }, path);

const company: JsonValue = {
  siren: '299031112',
  type: 'personne_morale',
  etat_administratif: 'C',
  date_cessation: 1673478000,
  status_diffusion: 'partiellement_diffusible',
  personne_morale_attributs: { raison_sociale: 'ATELIERS DU VERGER', sigle: null },
  personne_physique_attributs: { prenom_usuel: null, nom_usage: null },
  forme_juridique: { code: '5710', libelle: 'SAS' },
  activite_principale: { code: '4391A', libelle: 'Travaux de charpente', nomenclature: 'NAF2025' },
  activite_principale_naf_rev2: { code: '43.91A', libelle: 'Charpente', nomenclature: 'NAFRev2' },
  tranche_effectif_salarie: { code: '12', intitule: '20 à 49 salariés', date_reference: '2023', de: 20, a: 49 },
};

describe('a card', () => {
  it('tells NAF 2025 and NAF 2008 apart by what the answer says', () => {
    const card = read('/v4/insee/sirene/unites_legales/{siren}', company);
    const texts = [...card.facts, ...card.fields].map(({ text }) => text);
    expect(texts).toContain('43.91A — Travaux de charpente (NAF 2025)');
    expect(texts).toContain('43.91A — Charpente (NAF 2008)');
  });

  it('says what partial diffusion forbids', () => {
    const card = read('/v4/insee/sirene/unites_legales/{siren}', company);
    expect(card.notices.map(({ kind }) => kind)).toEqual(['partial_diffusion']);
  });

  it('tells a redirection by the identifier asked for', () => {
    const card = read('/v4/insee/sirene/unites_legales/{siren}', company, [], { redirect_from_siren: '100000009' });
    expect(card.notices[0]?.message.replace(/\u00a0/g, ' ')).toContain('100 000 009');
  });

  it('puts an unknown field under the others, and reads an unknown endpoint whole', () => {
    const known = read('/v4/insee/sirene/unites_legales/{siren}', { siren: '299031112', champ_nouveau: 'inédit' });
    expect(known.others).toMatchObject([{ label: 'Champ nouveau', text: 'inédit' }]);
    const unknown = read('/v9/nouveau/service/{siren}', { montant_du: '1200', liste: [] });
    expect(unknown.others.map(({ text }) => text.replace(/\s/g, ' '))).toEqual(['1 200 €', 'liste vide']);
  });

  it('reads the lists of an endpoint that it does not know as tables, its collections too', () => {
    const directors = [{ nom: 'EXEMPLE', date_naissance: '1970-02-01', adresse: { rang: 1 } }, { nom: 'AUTRE' }];
    const { tables, others } = read('/v9/nouveau/service/{siren}', { entreprise: { mandataires: directors, siren: '299031112' } });
    expect(tables.map(({ columns, rows }) => [columns, rows.map((row) => row.map((cell) => cell?.text ?? null))])).toEqual([
      [['Nom', 'Date naissance'], [['EXEMPLE', '1er\u00a0février\u00a01970'], ['AUTRE', null]]],
    ]);
    expect(others.map(({ label }) => label)).toEqual(['Entreprise › Mandataires › n°\u00a01 › Adresse › Rang', 'Entreprise › SIREN']);
    const collection = read('/v9/nouveau', [{ data: { libelle: 'un' }, links: {}, meta: {} }]);
    expect(collection.tables.map(({ rows }) => rows.length)).toEqual([1]);
  });

  it('loses nothing of what it does not know', () => {
    fc.assert(fc.property(fc.jsonValue(), (data) => void expectNothingLost({ data: data as JsonValue, meta: {} }, '/v9/nouveau')));
  });

  it('tells an empty list, and an object that is silent, once', () => {
    const card = read('/v3/infogreffe/rcs/unites_legales/{siren}/extrait_kbis', { observations: [], mandataires_sociaux: [], greffe: { code: null, valeur: null } });
    expect(card.fields.map(({ label, text }) => `${label} : ${text}`)).toEqual(['Greffe : non communiqué', 'Mandataires sociaux : néant', 'Observations : néant']);
    expect(card.others).toEqual([]);
  });

  it('shows the link of no document', () => {
    const card = read('/v4/dgfip/unites_legales/{siren}/attestation_fiscale', { document_url: 'https://exemple.invalid/secret' }, [offer]);
    expect(JSON.stringify(card)).not.toContain('secret');
  });

  it('draws the oldest year first and leaves a gap where an amount is missing', () => {
    const years = [
      { data: { chiffre_affaires: 300, date_fin_exercice: '2023-12-31' } },
      { data: { chiffre_affaires: null, date_fin_exercice: '2022-12-31' } },
      { data: { chiffre_affaires: '100', date_fin_exercice: '2021-12-31' } },
    ];
    const [chart] = read('/v3/dgfip/etablissements/{siret}/chiffres_affaires', years).charts;
    expect(chart?.points).toEqual([
      { category: '12/2021', values: [100] },
      { category: '12/2022', values: [null] },
      { category: '12/2023', values: [300] },
    ]);
  });
});

describe('what is written as one', () => {
  const registered = (capital: JsonValue) => read('/v3/infogreffe/rcs/unites_legales/{siren}/extrait_kbis', { capital });
  it.each([
    [{ montant: 1000, devise: 'Euros', code_devise: 'EUR' }, '1 000 €'],
    [{ montant: 1000 }, '1 000 €'],
    [{ montant: 1000, devise: 'Franc suisse', code_devise: 'CHF' }, '1 000 Franc suisse CHF'],
    [{ montant: 1000, devise: null, code_devise: null }, '1 000'],
  ])('a capital %j is « %s »: no currency is guessed', (capital, text) => {
    const { facts, fields } = registered(capital);
    expect([...facts, ...fields].map((cell) => cell.text.replace(/\s/g, ' '))).toContain(text);
  });

  it.each([
    [{ annee: '1965', mois: '2' }, 'février 1965'],
    [{ annee: '1965', mois: null }, '1965'],
    [{ annee: '1965-03', mois: '06' }, '06 1965-03'],
  ])('a birth %j is « %s »: no day is invented', (date, text) => {
    const { tables, others, fields } = read('/v3/inpi/rne/unites_legales/{siren}/beneficiaires_effectifs', [{ data: { nom: 'EXEMPLE', date_naissance: date } }]);
    const texts = [...tables.flatMap(({ rows }) => rows.flat()), ...others, ...fields].map((cell) => cell?.text.replace(/\s/g, ' '));
    expect(texts).toContain(text);
  });

  it('gives each way to control a company its table, under the name of who holds it', () => {
    const shares = { total: 0, pleine_propriete: 12.5, nue_propriete: 0 };
    const indirect = { detention: true, par_indivision: shares, via_personnes_morales: shares };
    const direct = { detention: true, pleine_propriete: 50, nue_propriete: 0 };
    const held = { parts_directes: direct, parts_indirectes: indirect };
    const owner = {
      ...{ beneficiaire_uuid: 'a1', nom: 'EXEMPLE', prenoms: ['ALIX'] },
      modalites: {
        ...{ detention_de_capital: { parts_totale: 62.5, ...held }, vocation_a_devenir_titulaire_de_parts: held },
        droits_de_vote: { total: 50, directes: { ...direct, usufruit: 1 }, indirectes: indirect },
        pouvoirs_de_controle: { decision_ag: true, nommage_membres_conseil_administratif: false, autres: false },
        ...{ representant_legal: true, representant_legal_placement_sans_gestion_deleguee: false },
      },
    };
    const { tables, others } = read('/v3/inpi/rne/unites_legales/{siren}/beneficiaires_effectifs', [{ data: owner }]);
    expect(others).toEqual([]);
    expect(tables).toHaveLength(5);
    for (const { columns, rows } of tables) {
      expect(columns[0]).toBe('Nom');
      expect(rows[0]?.[0]?.text).toBe('EXEMPLE');
    }
  });

  it('takes spaces for silence', () => {
    expect(read('/v9/nouveau', { libelle: '  ' }).others).toMatchObject([{ text: 'non communiqué', missing: true }]);
  });
});

describe('outcomes', () => {
  const vigilance = '/v4/urssaf/unites_legales/{siren}/attestation_vigilance';
  it.each([
    [vigilance, { entity_status: { code: 'ok' } }, 'Délivrée'],
    [vigilance, { entity_status: { code: 'refus_de_delivrance' }, document_url: null }, 'Refus de délivrance'],
    [vigilance, { entity_status: { code: 'nouveau_statut' } }, 'nouveau_statut'],
    ['/v3/msa/etablissements/{siret}/conformite_cotisations', { status: 'outdated' }, 'Pas à jour'],
    ['/v3/msa/etablissements/{siret}/conformite_cotisations', { status: 'under_investigation' }, 'En cours d’examen'],
    ['/v3/probtp/etablissements/{siret}/conformite_cotisations_retraite', { eligible: false }, 'Pas à jour'],
    ['/v3/cibtp/etablissements/{siret}/attestation_cotisations_conges_payes_chomage_intemperies', { document_url: null }, 'Pas de document'],
  ])('%s %j is « %s »', (path, data, word) => {
    expect(read(path, data).outcome?.word).toBe(word);
  });

  it('keeps « inconnu » for the 404 alone', () => {
    const words = Object.entries(errorWords).filter(([, word]) => /périmètre|inconnu/i.test(word));
    expect(words.map(([kind]) => kind)).toEqual(['outside_perimeter']);
    expect(new Set(Object.values(errorWords)).size).toBe(Object.keys(errorWords).length);
  });
});

describe('the header', () => {
  it('is built from whatever answers are there', () => {
    const extract = { observations: [{ libelle: 'Jugement ouvrant une procédure de redressement judiciaire', date: '2024-01-01' }] };
    const header = companyHeader([{ data: extract }, { data: company }]);
    expect(header).toMatchObject({ name: 'ATELIERS DU VERGER', siren: '299031112', isActive: false, legalForm: 'SAS (5710)' });
    expect(header.warnings.map(({ kind }) => kind)).toEqual(['ceased', 'procedure', 'partial_diffusion']);
  });

  it('warns of a natural person and names him', () => {
    const header = companyHeader([
      { data: { type: 'personne_physique', personne_morale_attributs: { raison_sociale: null }, personne_physique_attributs: { prenom_usuel: 'CAMILLE', nom_naissance: 'EXEMPLE' } } },
    ]);
    expect(header.name).toBe('CAMILLE EXEMPLE');
    expect(header.warnings.map(({ kind }) => kind)).toEqual(['natural_person']);
  });

  it('is empty, not wrong, without answers', () => {
    expect(companyHeader([])).toMatchObject({ name: null, siren: null, isActive: null, warnings: [] });
  });
});

describe('comparing two dates', () => {
  it('finds nothing between an answer and the same in another order', () => {
    const older = { data: [{ data: { siret: '1', a: 1 } }, { data: { siret: '2', a: 2 } }], meta: {} };
    const newer = { data: [...older.data].reverse(), meta: {} };
    expect(compareAnswers(older, newer)).toEqual([]);
  });

  it('knows a month again whatever its rank, one régime from another', () => {
    const row = (annee: string, mois: string, regime: string, value: string) => ({ annee, mois, regime, value });
    const may = [row('2026', '05', 'regime_general', '12'), row('2026', '05', 'regime_agricole', '3')];
    const june = row('2026', '06', 'regime_general', '14');
    const changes = compareAnswers({ data: { effectifs_mensuels: may }, meta: {} }, { data: { effectifs_mensuels: [june, ...may] }, meta: {} });
    expect(compareAnswers({ data: { effectifs_mensuels: [june] }, meta: {} }, { data: { effectifs_mensuels: [...may, june] }, meta: {} }).every(({ kind }) => kind === 'added')).toBe(true);
    expect(changes.map(({ kind, pointer }) => [kind, pointer])).toEqual(['annee', 'mois', 'regime', 'value'].map((key) => ['added', `/data/effectifs_mensuels/0/${key}`]));
  });

  it('says what came, went and changed', () => {
    const older = { data: { capital: { montant: 10000 }, ancien: 'x' }, meta: {} };
    const newer = { data: { capital: { montant: 20000 }, nouveau: 'y' }, meta: {} };
    expect(compareAnswers(older, newer).map((change) => changeSentence(change).replace(/[\u00a0\u202f]/g, ' '))).toEqual([
      'Capital › Montant : 10 000 € devient 20 000 €.',
      'Ancien : x n’est plus là.',
      'Nouveau : y apparaît.',
    ]);
  });
});

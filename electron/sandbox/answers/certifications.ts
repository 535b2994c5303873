import type { JsonObject } from '../../../shared/domain/json';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection, single } from '../server/route';
import { daysLater, parisDay } from './dates';

const ONE_DAY_S = 86_400;

/** RGE certificates, expired ones included; `limit` bounds them. */
export function rgeCertificates(context: AnswerContext): Answer {
  const { company, family, nowMs, query } = context;
  if (!company.traits.includes('craft') || !company.traits.includes('building')) throw notFound(family);
  const today = parisDay(nowMs);
  const certificate = (code: string, domain: string, from: string, to: string): JsonObject => ({
    url: context.documentLink({ kind: 'certificat_rge', company, variant: code }, ONE_DAY_S),
    nom_certificat: 'Qualification RGE',
    domaine: domain,
    meta_domaine: "Travaux d'efficacité énergétique",
    qualification: { code, nom: domain },
    organisme: 'qualibat',
    date_attribution: from,
    date_expiration: to,
    meta: { internal_id: `Q-${company.siren ?? ''}-${code}`, updated_at: today, archived: to < today },
  });
  const all = [
    certificate('3511', 'Fenêtres de toit', daysLater(today, -200), daysLater(today, 700)),
    certificate('7131', 'Isolation des combles perdus', daysLater(today, -1_800), daysLater(today, -340)),
  ];
  return collection(all.slice(0, Number(query.get('limit') ?? 1_000)));
}

export function qualibatCertificate(version: 3 | 4): (context: AnswerContext) => Answer {
  return (context) => {
    const { company, family, nowMs } = context;
    if (!company.traits.includes('building')) throw notFound(family);
    const today = parisDay(nowMs);
    const url = context.documentLink({ kind: 'certificat_qualibat', company, variant: today }, ONE_DAY_S);
    if (version === 3) return single({ document_url: url, expires_in: ONE_DAY_S });
    return single({
      document_url: url,
      document_url_expires_in: ONE_DAY_S,
      date_emission: daysLater(today, -90),
      date_fin_validite: daysLater(today, 275),
      entity: {
        assurance_responsabilite_travaux: { nom: 'MUTUELLE FICTIVE', identifiant: `T${company.siren ?? ''}` },
        assurance_responsabilite_civile: { nom: 'MUTUELLE FICTIVE', identifiant: `C${company.siren ?? ''}` },
        certifications: [{ code: '4322', libelle: 'Fourniture et pose de menuiseries', rge: true, date_attribution: daysLater(today, -900) }],
      },
    });
  };
}

export function qualifelecCertificates(context: AnswerContext): Answer {
  const { company, family, nowMs } = context;
  if (!company.sector.nafRev2.code.startsWith('43.21')) throw notFound(family);
  const today = parisDay(nowMs);
  const [from, to] = [daysLater(today, -300), daysLater(today, 430)];
  const insurance = { nom: 'MUTUELLE FICTIVE', date_debut: from, date_fin: to };
  return collection([
    {
      document_url: context.documentLink({ kind: 'certificat_qualifelec', company, variant: today }, ONE_DAY_S),
      numero: 5_430,
      rge: true,
      date_debut: from,
      date_fin: to,
      qualification: {
        label: 'Installations électriques : logement, commerce, petit tertiaire',
        date_debut: from,
        date_fin: to,
        indices: [{ code: 'IRVE1', label: 'Station de recharge, indice 1' }],
        mentions: [{ code: 'RGE', label: "Reconnu garant de l'environnement" }],
        domaines: [{ code: 'SU', label: 'Sûreté' }],
        classification: { code: 2, label: 'Classe 2' },
      },
      assurance_decennale: insurance,
      assurance_civile: insurance,
    },
  ]);
}

/** A web page, not a file. */
export function opqibiCertificate({ company, family, nowMs }: AnswerContext): Answer {
  if (!company.traits.includes('engineering')) throw notFound(family);
  const today = parisDay(nowMs);
  return single({
    numero_certificat: `91 04 ${(company.siren ?? '').slice(-4)}`,
    url: `https://www.opqibi.com/fiche/${(company.siren ?? '').slice(-4)}`,
    date_delivrance_certificat: daysLater(today, -120),
    duree_validite_certificat: 'valable un an',
    assurances: 'MUTUELLE FICTIVE',
    qualifications: [
      { nom: 'Étude thermique réglementaire', code_qualification: '1331', definition: 'Études thermiques de bâtiments courants.', rge: false },
    ],
    date_validite_qualifications: daysLater(today, 600),
    qualifications_probatoires: [],
    date_validite_qualifications_probatoires: null,
  });
}

export function qualiopiCertification({ company, establishment, family, nowMs }: AnswerContext): Answer {
  if (!company.traits.includes('training')) throw notFound(family);
  const today = parisDay(nowMs);
  return single({
    siret: establishment.siret,
    code_uai: null,
    unite_legale_avec_plusieurs_nda: false,
    declarations_activites_etablissement: [
      {
        numero_de_declaration: `11${(company.siren ?? '').slice(0, 9)}`,
        actif: true,
        date_derniere_declaration: daysLater(today, -150),
        date_debut_exercice: company.years[0]?.closedOn.replace('-12-31', '-01-01') ?? today,
        date_fin_exercice: company.years[0]?.closedOn ?? today,
        certification_qualiopi: {
          action_formation: true,
          bilan_competences: false,
          validation_acquis_experience: false,
          apprentissage: true,
          obtention_via_unite_legale: true,
        },
        specialites: {
          specialite_1: { code: '326', libelle: "Informatique, traitement de l'information" },
          specialite_2: { code: null, libelle: null },
          specialite_3: { code: null, libelle: null },
        },
      },
    ],
    habilitations_france_competence: [],
  });
}

import type { Trait } from './types';
import type { LegalFormName, SectorName } from './vocabulary';

/** What is decided by hand about a company; the rest is drawn from the seed. */
export interface CompanySpecification {
  readonly name: string;
  readonly acronym?: string;
  readonly form: LegalFormName;
  readonly sector: SectorName;
  readonly createdOn: string;
  readonly establishments: number;
  readonly headcount: number;
  readonly traits?: readonly Trait[];
  readonly description: string;
}

function company(
  name: string,
  form: LegalFormName,
  sector: SectorName,
  createdOn: string,
  [establishments, headcount]: readonly [number, number],
  description: string,
  traits: readonly Trait[] = [],
): CompanySpecification {
  return { name, form, sector, createdOn, establishments, headcount, description, traits };
}

/** Names are plainly fictitious: no company of the country bears them. */
export const specifications: readonly CompanySpecification[] = [
  company('Ateliers du Vallon Bleu', 'sas', 'joinery', '1998-04-06', [3, 42], 'Menuiserie, dossier complet et en règle, certificats du bâtiment', ['building', 'craft']),
  company('Logiciels de la Fausse Rivière', 'sas', 'software', '2011-09-19', [2, 28], 'Éditeur de logiciels, dossier complet et en règle'),
  company('Bureau Tressangeais Ingénierie', 'sas', 'engineering', '1987-02-02', [2, 65], "Bureau d'études certifié OPQIBI", ['engineering']),
  company('Routes et Ponts du Pays Imaginaire', 'sa', 'publicWorks', '1962-07-15', [6, 310], 'Travaux publics : CNETP, FNTP, ProBTP', ['building', 'public_works']),
  company('Électricité de la Lune Rousse', 'sarl', 'electricity', '2004-05-10', [1, 14], 'Électricien certifié Qualifelec et RGE', ['building', 'craft']),
  company('GAEC des Prairies Fictives', 'gaec', 'farming', '1994-03-21', [1, 5], 'Exploitation agricole au régime de la MSA', ['agricultural']),
  company('Boulangerie du Moulin de Papier', 'sarl', 'bakery', '2015-01-12', [2, 9], 'Artisan du commerce alimentaire', ['craft']),
  company('Propreté du Miroir', 'sas', 'cleaning', '2008-10-01', [4, 180], 'Attestation de vigilance refusée par l’Urssaf', ['vigilance_refused']),
  company('Transports Dantremarre', 'sarl', 'transport', '1991-06-17', [2, 47], 'Entreprise en redressement judiciaire', ['insolvency', 'outside_fiscal_perimeter']),
  company('Académie du Savoir Inventé', 'sas', 'training', '2013-11-04', [3, 22], 'Organisme de formation certifié Qualiopi', ['training']),
  company('Groupe Castelriandre', 'sa', 'holding', '1979-12-03', [1, 12], 'Société mère d’un groupe, filiales déclarées', ['holding']),
  company('Castelriandre Industrie', 'sas', 'trade', '1985-08-26', [5, 130], 'Filiale d’un groupe, liens capitalistiques', ['subsidiary']),
  company('Comptoir des Matériaux Rêvés', 'sas', 'trade', '2001-03-05', [4, 58], 'Négoce, titulaire d’un numéro EORI', ['trader']),
  company('Imprimerie des Pages Blanches', 'sarl', 'printing', '1974-01-28', [1, 0], 'Société cessée', ['ceased']),
  company('Corvaisellon Conseil', 'sarl', 'consulting', '2024-09-02', [1, 3], 'Hors du périmètre de l’attestation fiscale (réponse 404)', ['outside_fiscal_perimeter']),
  company('Services Roquessolis', 'sas', 'cleaning', '2010-04-12', [2, 76], 'Analyse manuelle de l’Urssaf : réponse sous 48 heures', ['manual_urssaf_analysis']),
  company('Éditions du Double Fond', 'sarl', 'printing', '2006-02-13', [1, 7], 'Doublon de Sirene : un ancien SIREN redirige vers celui-ci', ['duplicate']),
  company('Fonderie du Silence', 'sa', 'engineering', '1969-05-05', [1, 90], 'Indisponible pour raison légale (réponse 451)', ['legally_unavailable']),
  company('Octave Saulcerandy', 'naturalPerson', 'consulting', '2017-03-13', [1, 0], 'Personne physique, entrepreneur individuel', ['outside_fiscal_perimeter']),
  company('Solveig Landouvière', 'naturalPerson', 'consulting', '2019-06-24', [1, 0], 'Personne physique en diffusion partielle', ['partial_diffusion', 'outside_fiscal_perimeter']),
  company('Les Amis du Phare Absent', 'association', 'associative', '1983-10-11', [2, 6], 'Association avec SIREN et RNA, subventionnée', ['subsidised']),
  company('Théâtre de la Brume', 'association', 'associative', '2012-05-30', [1, 0], 'Association connue du seul RNA, sans SIREN', ['no_siren']),
  company('Chorale des Cigognes de Papier', 'localLawAssociation', 'associative', '1956-11-08', [1, 2], 'Association d’Alsace-Moselle', ['alsace_moselle', 'subsidised']),
  company('Scop des Horizons Dessinés', 'scop', 'software', '2009-01-19', [1, 16], 'Coopérative, dossier complet et en règle'),
  company('Charpentes Mirevaulx', 'sarl', 'joinery', '1996-09-09', [2, 24], 'Charpentier, certificats Qualibat et RGE', ['building', 'craft']),
  company('Orbelintre Systèmes', 'sas', 'software', '2016-07-04', [3, 35], 'Éditeur de logiciels'),
  company('Maison Pellorcet', 'sarl', 'bakery', '1988-04-18', [1, 6], 'Artisan boulanger', ['craft']),
  company('Nettoyage Grivelandin', 'sas', 'cleaning', '2003-12-08', [3, 112], 'Entreprise de propreté'),
  company('Fret Lestuviaux', 'sas', 'transport', '1999-02-22', [4, 88], 'Transport routier'),
  company('Études Vauquellon', 'sarl', 'engineering', '2007-06-11', [1, 11], "Bureau d'études", ['engineering']),
  company('Bois et Matières du Nord Magnétique', 'sas', 'trade', '1993-10-25', [2, 33], 'Négoce de bois', ['trader']),
  company('Voirie Fontarelle', 'sas', 'publicWorks', '1981-03-30', [3, 140], 'Travaux publics', ['building', 'public_works']),
  company('Formation des Sept Collines Plates', 'sarl', 'training', '2018-09-03', [1, 8], 'Organisme de formation', ['training']),
  company('Conseil de la Marée Imaginaire', 'sas', 'consulting', '2014-05-19', [2, 19], 'Conseil en organisation'),
];

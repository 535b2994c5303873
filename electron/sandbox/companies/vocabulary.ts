import type { Address, Sector } from './types';

const code = (value: string, label: string) => ({ code: value, label });

export const sectors = {
  software: {
    nafRev2: code('62.01Z', 'Programmation informatique'),
    naf2025: code('62.10Y', 'Activités de programmation informatique'),
    agreement: { idcc: 1486, title: "Bureaux d'études techniques, cabinets d'ingénieurs-conseils" },
  },
  engineering: {
    nafRev2: code('71.12B', 'Ingénierie, études techniques'),
    naf2025: code('71.12Y', "Activités d'ingénierie et de conseil technique connexe"),
    agreement: { idcc: 1486, title: "Bureaux d'études techniques, cabinets d'ingénieurs-conseils" },
  },
  joinery: {
    nafRev2: code('43.32A', 'Travaux de menuiserie bois et PVC'),
    naf2025: code('43.32G', 'Travaux de menuiserie bois et PVC'),
    agreement: { idcc: 1597, title: 'Ouvriers des entreprises du bâtiment' },
  },
  publicWorks: {
    nafRev2: code('42.11Z', 'Construction de routes et autoroutes'),
    naf2025: code('42.11Y', 'Construction de routes et autoroutes'),
    agreement: { idcc: 1702, title: 'Ouvriers de travaux publics' },
  },
  electricity: {
    nafRev2: code('43.21A', "Travaux d'installation électrique dans tous locaux"),
    naf2025: code('43.21G', "Travaux d'installation électrique"),
    agreement: { idcc: 1597, title: 'Ouvriers des entreprises du bâtiment' },
  },
  farming: {
    nafRev2: code('01.50Z', 'Culture et élevage associés'),
    naf2025: code('01.50Y', 'Culture et élevage associés'),
    agreement: { idcc: 7024, title: 'Production agricole et CUMA' },
  },
  bakery: {
    nafRev2: code('10.71C', 'Boulangerie et boulangerie-pâtisserie'),
    naf2025: code('10.71H', 'Boulangerie et boulangerie-pâtisserie'),
    agreement: { idcc: 843, title: 'Boulangerie-pâtisserie' },
  },
  cleaning: {
    nafRev2: code('81.21Z', 'Nettoyage courant des bâtiments'),
    naf2025: code('81.21Y', 'Nettoyage courant des bâtiments'),
    agreement: { idcc: 3043, title: 'Entreprises de propreté et services associés' },
  },
  transport: {
    nafRev2: code('49.41A', 'Transports routiers de fret interurbains'),
    naf2025: code('49.41G', 'Transport routier de fret'),
    agreement: { idcc: 16, title: 'Transports routiers et activités auxiliaires' },
  },
  training: {
    nafRev2: code('85.59A', "Formation continue d'adultes"),
    naf2025: code('85.59G', "Formation continue d'adultes"),
    agreement: { idcc: 1516, title: 'Organismes de formation' },
  },
  holding: {
    nafRev2: code('64.20Z', 'Activités des sociétés holding'),
    naf2025: code('64.21Y', 'Activités des sociétés holding'),
    agreement: { idcc: 1486, title: "Bureaux d'études techniques, cabinets d'ingénieurs-conseils" },
  },
  trade: {
    nafRev2: code('46.73A', 'Commerce de gros de bois et de matériaux de construction'),
    naf2025: code('46.83G', 'Commerce de gros de bois et de matériaux de construction'),
    agreement: { idcc: 398, title: 'Négoce des matériaux de construction' },
  },
  printing: {
    nafRev2: code('18.12Z', 'Autre imprimerie (labeur)'),
    naf2025: code('18.12Y', 'Autre imprimerie'),
    agreement: { idcc: 184, title: 'Imprimeries de labeur et industries graphiques' },
  },
  associative: {
    nafRev2: code('94.99Z', 'Autres organisations fonctionnant par adhésion volontaire'),
    naf2025: code('94.99Y', 'Autres organisations fonctionnant par adhésion volontaire'),
    agreement: { idcc: 1518, title: "Métiers de l'éducation, de la culture, des loisirs et de l'animation" },
  },
  consulting: {
    nafRev2: code('70.22Z', 'Conseil pour les affaires et autres conseils de gestion'),
    naf2025: code('70.20Y', 'Conseil de gestion'),
    agreement: { idcc: 1486, title: "Bureaux d'études techniques, cabinets d'ingénieurs-conseils" },
  },
} as const satisfies Record<string, Sector>;

export type SectorName = keyof typeof sectors;

export const legalForms = {
  sas: code('5710', 'SAS, société par actions simplifiée'),
  sarl: code('5499', 'Société à responsabilité limitée (sans autre indication)'),
  sa: code('5599', "SA à conseil d'administration (s.a.i.)"),
  scop: code('5458', 'SARL coopérative ouvrière de production (SCOP)'),
  gaec: code('6533', "Groupement agricole d'exploitation en commun (GAEC)"),
  association: code('9220', 'Association déclarée'),
  localLawAssociation: code('9260', 'Association de droit local (Bas-Rhin, Haut-Rhin et Moselle)'),
  naturalPerson: code('1000', 'Entrepreneur individuel'),
} as const;

export type LegalFormName = keyof typeof legalForms;

type Town = Pick<Address, 'postcode' | 'communeCode' | 'commune'>;
const town = (postcode: string, communeCode: string, commune: string): Town => ({ postcode, communeCode, commune });

export const towns: readonly Town[] = [
  town('49000', '49007', 'ANGERS'),
  town('87000', '87085', 'LIMOGES'),
  town('21000', '21231', 'DIJON'),
  town('26000', '26362', 'VALENCE'),
  town('44000', '44109', 'NANTES'),
  town('35000', '35238', 'RENNES'),
  town('37000', '37261', 'TOURS'),
  town('80000', '80021', 'AMIENS'),
  town('64000', '64445', 'PAU'),
  town('30000', '30189', 'NIMES'),
  town('14000', '14118', 'CAEN'),
  town('10000', '10387', 'TROYES'),
  town('29000', '29232', 'QUIMPER'),
  town('15000', '15014', 'AURILLAC'),
];

export const metz: Town = town('57000', '57463', 'METZ');

export const ways: readonly Pick<Address, 'wayType' | 'wayName'>[] = [
  { wayType: 'RUE', wayName: 'DES TROIS SOURCES' },
  { wayType: 'AVENUE', wayName: 'DU VALLON BLEU' },
  { wayType: 'CHEMIN', wayName: 'DE LA FAUSSE RIVIERE' },
  { wayType: 'IMPASSE', wayName: 'DES SPECIMENS' },
  { wayType: 'BOULEVARD', wayName: 'DE LA LUNE ROUSSE' },
  { wayType: 'PLACE', wayName: 'DU BAC A SABLE' },
  { wayType: 'ALLÉE', wayName: 'DES NUAGES FICTIFS' },
  { wayType: 'QUAI', wayName: 'DE LA MAREE IMAGINAIRE' },
];

export const firstNames: readonly { readonly name: string; readonly sex: 'M' | 'F' }[] = [
  { name: 'Maëlle', sex: 'F' },
  { name: 'Aurélien', sex: 'M' },
  { name: 'Solveig', sex: 'F' },
  { name: 'Théodore', sex: 'M' },
  { name: 'Inès', sex: 'F' },
  { name: 'Gaspard', sex: 'M' },
  { name: 'Ludivine', sex: 'F' },
  { name: 'Basile', sex: 'M' },
  { name: 'Noémie', sex: 'F' },
  { name: 'Octave', sex: 'M' },
];

export const lastNames: readonly string[] = [
  'Vauquellon',
  'Tressangeais',
  'Orbelintre',
  'Mirevaulx',
  'Castelriandre',
  'Pellorcet',
  'Dantremarre',
  'Lestuviaux',
  'Corvaisellon',
  'Fontarelle-Brume',
  'Grivelandin',
  'Saulcerandy',
  'Roquessolis',
  'Landouvière',
];

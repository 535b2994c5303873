import { type CodeEntry, entry } from './code-entry';

const RENEW = 'Prévenez votre responsable : lui seul peut faire prolonger ou remplacer le jeton.';
const RETYPE = 'Vérifiez ce qui a été saisi, puis relancez.';
const SET_CASE = 'Complétez la justification du dossier, puis relancez.';
const SOON = 'L’application réessaie dans un instant ; sinon, relancez plus tard.';
const FILE = 'Relancez plus tard le téléchargement depuis la fiche.';
const IDENTIFIER = 'Vérifiez le numéro auprès de la structure ou par une recherche, puis relancez.';

const parameter = (message: string, advice = RETYPE): CodeEntry => entry('parameter', 'never', message, advice);
const token = (message: string): CodeEntry => entry('token', 'never', message, RENEW);

/** Codes `00xxx`: API Entreprise decided alone, no provider was asked. */
export const platformCodes: Readonly<Record<string, CodeEntry>> = {
  '00015': entry('conflict', 'conflict', 'Le même appel est déjà en cours avec ce jeton, peut-être chez un collègue.', 'L’application a attendu sa fin sans la voir venir\u00a0: réessayez dans une minute.'),
  '00100': entry('refused', 'never', 'L’habilitation de ce dossier n’ouvre pas cette donnée.', 'Demandez à votre responsable d’étendre l’habilitation si cette donnée vous est nécessaire.'),
  '00101': token('Le jeton de cette habilitation est absent ou mal formé.'),
  '00102': token('Le jeton de cette habilitation est d’un format trop ancien.'),
  '00103': token('Le jeton de cette habilitation a expiré.'),
  '00104': entry('service_down', 'never', 'L’environnement de test d’API Entreprise ne sait pas produire cet exemple.', 'Essayez un autre identifiant de test.'),
  '00105': token('Le jeton de cette habilitation a été révoqué : il a sans doute été divulgué.'),
  '00106': token('API Entreprise ne connaît aucune habilitation pour ce jeton.'),
  '00107': entry('refused', 'never', 'Cette habilitation n’accepte pas les appels venant de l’adresse réseau de ce poste.', 'Demandez à votre responsable d’ajouter cette adresse à l’habilitation, ou passez par le réseau de votre administration.'),
  '00201': entry('justification', 'never', 'Le contexte de l’appel manque.', SET_CASE),
  '00202': entry('justification', 'never', 'L’objet de l’appel manque.', SET_CASE),
  '00203': entry('justification', 'never', 'Le destinataire de la donnée manque.', SET_CASE),
  '00210': entry('justification', 'never', 'Le destinataire indiqué n’est pas un SIRET valide.', 'Corrigez dans le dossier le SIRET de votre administration.'),
  '00211': entry('justification', 'never', 'Le destinataire est l’entreprise appelée elle-même : le service refuse cet appel.', 'Indiquez dans le dossier le SIRET de l’administration qui l’instruit.'),
  '00301': parameter('Ce SIREN n’est pas valide.', IDENTIFIER),
  '00302': parameter('Ce SIRET n’est pas valide.', IDENTIFIER),
  '00303': parameter('Ce numéro n’est ni un SIRET, ni un numéro RNA valide.', IDENTIFIER),
  '00304': parameter('Ce numéro n’est ni un SIRET, ni un numéro EORI valide.', IDENTIFIER),
  '00305': parameter('Le mois demandé n’est pas valide.'),
  '00307': parameter('L’année demandée n’est pas valide.'),
  '00308': parameter('L’identifiant de l’usager n’est pas valide.'),
  '00311': parameter('Le SIREN redevable de l’impôt sur les sociétés n’est pas valide.', IDENTIFIER),
  '00312': parameter('Le SIREN redevable de la TVA n’est pas valide.', IDENTIFIER),
  '00313': parameter('Le nombre maximal de résultats n’est pas valide.', 'Choisissez un nombre de 1 à 1 000.'),
  '00314': parameter('L’adresse de ce fichier n’est pas reconnue.', FILE),
  '00315': parameter('L’année demandée n’est pas disponible.', 'Choisissez une année de 2006 à l’année dernière.'),
  '00330': parameter('Ce numéro n’est ni un SIREN, ni un SIRET, ni un numéro RNA valide.', IDENTIFIER),
  '00333': parameter('Ce numéro n’est ni un SIREN, ni un numéro RNA valide.', IDENTIFIER),
  '00390': parameter('Le nombre de mois demandé n’est pas accepté.', 'Choisissez au plus douze mois précédents.'),
  '00401': parameter('API Entreprise n’a pas compris la demande.'),
  '00402': entry('version', 'never', 'API Entreprise ne propose pas cette donnée dans la version demandée ; la structure n’est pas en cause.', 'Mettez l’application à jour, ou consultez la donnée équivalente d’une autre version.'),
  '00403': entry('gone', 'never', 'Le lien de ce document a expiré.', 'Relancez la consultation : elle donne un nouveau lien.'),
  '00429': entry('quota', 'quota', 'Le nombre d’appels permis par minute est atteint pour ce jeton.', 'L’appel repart à l’ouverture de la minute suivante ; rien d’autre n’est à faire.'),
  '00500': entry('service_down', 'provider', 'API Entreprise rencontre une panne ; son équipe en est avertie.', 'Réessayez dans quelques minutes.'),
  '00501': entry('provider_down', 'passing', 'La liaison entre API Entreprise et {fournisseur} est coupée, en général pour peu de temps.', SOON),
  '00502': entry('service_down', 'passing', 'Le stockage des fichiers d’API Entreprise ne répond pas.', SOON),
  '00503': entry('service_down', 'never', 'API Entreprise ne propose pas encore cette fonction.', 'Choisissez une autre donnée.'),
  '00601': entry('refused', 'never', 'L’hébergeur du fichier en refuse l’accès.', 'Relancez la consultation pour obtenir un nouveau lien.'),
  '00602': entry('quota', 'quota', 'L’hébergeur du fichier a reçu trop de demandes.', FILE),
  '00603': entry('provider_down', 'provider', 'L’hébergeur du fichier rencontre une panne.', FILE),
  '00604': entry('provider_down', 'provider', 'Le fichier n’a pas pu être transmis par son hébergeur.', FILE),
  '00605': entry('provider_down', 'provider', 'L’hébergeur du fichier est momentanément indisponible.', FILE),
  '00606': entry('provider_down', 'provider', 'L’hébergeur du fichier a mis trop de temps à répondre.', FILE),
};

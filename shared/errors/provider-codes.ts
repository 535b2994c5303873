import { type CodeEntry, entry } from './code-entry';
import { wordsOfKind } from './words';

const LATER = 'Réessayez dans quelques minutes ; les autres données restent consultables.';
const AGAIN = 'L’application réessaie une fois ; sinon, relancez plus tard.';
const FILE = 'Le document est à redemander : relancez la consultation un peu plus tard.';

const down = (message: string): CodeEntry => entry('provider_down', 'provider', message, LATER);
const hiccup = (message: string): CodeEntry => entry('provider_down', 'once', message, AGAIN);

/** Last three digits of `XXyyy`: the same meaning whatever the provider XX. */
export const suffixCodes: Readonly<Record<string, CodeEntry>> = {
  '000': down('{fournisseur} rencontre une panne interne.'),
  '001': down('{fournisseur} est momentanément indisponible ou en maintenance.'),
  '002': down('{fournisseur} n’a pas répondu à temps à API Entreprise.'),
  '003': { kind: 'outside_perimeter', ...wordsOfKind.outside_perimeter },
  '004': down('API Entreprise ne trouve plus l’adresse du service de {fournisseur}.'),
  '005': { kind: 'unavailable_by_law', ...wordsOfKind.unavailable_by_law },
  '006': down('{fournisseur} n’a pas reconnu API Entreprise.'),
  '007': entry('gone', 'never', '{fournisseur} indique que cette entité a définitivement disparu.', 'Vérifiez l’identifiant ; la structure a pu cesser ou en changer.'),
  '008': down('{fournisseur} reçoit trop de demandes d’API Entreprise en ce moment.'),
  '009': down('Le certificat de sécurité de {fournisseur} n’est plus valable.'),
  '010': entry('provider_down', 'byHand', 'Une partie seulement des données a pu être réunie.', 'Relancez plus tard pour obtenir la réponse complète.'),
  '011': hiccup('{fournisseur} rencontre une difficulté passagère.'),
  '015': entry('parameter', 'never', 'Plusieurs entités correspondent à cette demande chez {fournisseur}.', 'Précisez l’identifiant, par exemple avec un SIRET.'),
  '020': entry('provider_down', 'inAnHour', '{fournisseur} est en maintenance annoncée.', 'Un rappel est proposé pour la fin de la maintenance.'),
  '051': hiccup('Le document transmis par {fournisseur} est illisible.'),
  '052': entry('provider_down', 'provider', '{fournisseur} a mis trop de temps à transmettre le document.', FILE),
  '053': entry('provider_down', 'provider', 'La liaison avec {fournisseur} s’est coupée pendant l’envoi du document.', FILE),
  '054': hiccup('L’adresse du document donnée par {fournisseur} est incorrecte.'),
  '055': hiccup('Le document transmis par {fournisseur} n’est pas au format attendu.'),
  '056': hiccup('Le document transmis par {fournisseur} est vide.'),
  '999': hiccup('{fournisseur} a donné une réponse qu’API Entreprise ne sait pas lire.'),
};

/** Codes that belong to one provider. */
export const providerCodes: Readonly<Record<string, CodeEntry>> = {
  '01501': hiccup('L’Insee a répondu par plusieurs établissements au lieu d’un seul.'),
  '02501': entry('provider_down', 'passing', 'Infogreffe n’a momentanément pas reconnu API Entreprise.', 'L’application réessaie dans quelques secondes.'),
  '02502': entry('provider_down', 'never', 'Infogreffe ne peut pas délivrer cette donnée ; l’entreprise n’est sans doute pas inscrite au registre du commerce.', 'Vérifiez l’immatriculation de l’entreprise ; cette réponse n’est pas une preuve d’absence.'),
  '03501': entry('provider_down', 'once', 'La DGFIP a répondu par une erreur qui ne permet pas de conclure : entreprise inconnue d’elle, sans document, ou simple incident.', 'Relancez plus tard. N’en déduisez rien sur la régularité de l’entreprise ; au besoin, demandez-lui la pièce.'),
  '03510': entry('provider_down', 'inAnHour', 'La DGFIP a suspendu les réponses après de nombreux échecs.', 'Attendez une heure avant de relancer.'),
  '04101': hiccup('L’Urssaf a donné une réponse incorrecte.'),
  '04102': hiccup('L’Urssaf a donné une réponse qu’API Entreprise ne connaît pas.'),
  '04501': entry('provider_down', 'inTwoDays', 'Un agent de l’Urssaf doit examiner le compte de la structure avant de délivrer l’attestation.', 'Un rappel est proposé dans deux jours. Ce délai ne dit rien de la régularité de la structure.'),
  '04502': entry('provider_down', 'inAnHour', 'L’Urssaf traite encore la demande d’attestation.', 'Relancez dans une heure environ.'),
  '04503': entry('provider_down', 'never', 'L’Urssaf ne peut pas délivrer l’attestation dans la situation actuelle du compte.', 'Demandez à la structure de se rapprocher de l’Urssaf ; une déclaration peut simplement manquer.'),
  '05501': hiccup('Les fichiers désignés par l’INPI sont incorrects.'),
  '05502': hiccup('La réponse de l’INPI sur les brevets est illisible.'),
  '05503': hiccup('La réponse de l’INPI sur les modèles est illisible.'),
  '05504': hiccup('La réponse de l’INPI sur les marques est illisible.'),
  '07501': hiccup('La réponse du répertoire des associations est illisible.'),
  '17501': down('La base de données de la Banque de France rencontre une panne.'),
  '17502': down('Les serveurs de la Banque de France rencontrent une panne.'),
  '31501': down('Le GIP-MDS rencontre une panne momentanée.'),
  '31502': entry('provider_down', 'passing', 'Le GIP-MDS n’a momentanément pas reconnu API Entreprise.', 'L’application réessaie dans quelques secondes.'),
  '31503': down('Le GIP-MDS a reçu trop de demandes d’API Entreprise.'),
  '38422': entry('outside_perimeter', 'never', 'La CIBTP connaît cette entreprise mais ne lui délivre pas de certificat : elle ne la considère pas à jour.', 'C’est une réponse de fond, et non une absence : demandez des explications à l’entreprise avant de conclure.'),
};

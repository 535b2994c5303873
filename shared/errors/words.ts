import type { ApiErrorKind } from '../domain/api-error';
import type { RetryName } from './retry-rules';

/** What is said of a failure; `{fournisseur}` stands for the provider's name. */
export interface Words {
  readonly message: string;
  readonly advice: string;
  readonly retry: RetryName;
}

const LATER = 'Réessayez dans quelques minutes ; les autres données restent consultables.';
const TELL = 'Si cela se reproduit, transmettez l’identifiant de la requête au support d’API Entreprise.';

/** Said when nothing more precise is known than the kind. */
export const wordsOfKind: Readonly<Record<ApiErrorKind, Words>> = {
  outside_perimeter: {
    message: '{fournisseur} ne couvre pas cet identifiant, ou ne le connaît pas.',
    advice: 'Vérifiez l’identifiant. Cette absence ne dit rien de la régularité de la structure : au besoin, demandez-lui la pièce.',
    retry: 'never',
  },
  unavailable_by_law: {
    message: 'La loi interdit la diffusion de cette donnée, quel que soit le demandeur.',
    advice: 'Demandez la pièce directement à l’organisme concerné.',
    retry: 'never',
  },
  gone: {
    message: 'Cette adresse ou cette donnée n’existe plus.',
    advice: 'Relancez la consultation depuis la fiche, ou choisissez la donnée qui remplace celle-ci.',
    retry: 'never',
  },
  refused: {
    message: 'L’accès à cette donnée est refusé.',
    advice: 'Demandez à votre responsable si votre habilitation doit comprendre cette donnée.',
    retry: 'never',
  },
  token: {
    message: 'API Entreprise n’accepte pas le jeton de cette habilitation.',
    advice: 'Prévenez votre responsable : le jeton est à vérifier ou à remplacer.',
    retry: 'never',
  },
  justification: {
    message: 'La justification de l’appel est incomplète ou incorrecte.',
    advice: 'Corrigez le contexte, l’objet ou le destinataire dans le dossier, puis relancez.',
    retry: 'never',
  },
  parameter: {
    message: 'API Entreprise ne comprend pas l’un des champs envoyés.',
    advice: 'Vérifiez l’identifiant et les paramètres saisis, puis relancez.',
    retry: 'never',
  },
  version: {
    message: 'API Entreprise ne propose pas cette donnée dans la version demandée.',
    advice: 'Mettez l’application à jour, ou consultez la donnée équivalente d’une autre version.',
    retry: 'never',
  },
  conflict: {
    message: 'Le même appel est déjà en cours avec ce jeton, peut-être chez un collègue.',
    advice: 'L’application a attendu sa fin sans la voir venir\u00a0: réessayez dans une minute.',
    retry: 'conflict',
  },
  quota: {
    message: 'Le nombre d’appels permis par minute est atteint pour ce jeton.',
    advice: 'L’appel repart à l’ouverture de la minute suivante ; rien d’autre n’est à faire.',
    retry: 'quota',
  },
  provider_down: {
    message: '{fournisseur} ne répond pas correctement en ce moment.',
    advice: LATER,
    retry: 'provider',
  },
  service_down: {
    message: 'API Entreprise rencontre une panne.',
    advice: `Réessayez dans quelques minutes. ${TELL}`,
    retry: 'provider',
  },
  probable_ban: {
    message: 'API Entreprise ne répond plus du tout à ce poste : l’adresse est sans doute suspendue, pour douze heures au plus.',
    advice: 'Arrêtez les appels et prévenez votre responsable ; l’application vérifiera de temps en temps si le service répond.',
    retry: 'never',
  },
  network: {
    message: 'Ce poste n’arrive pas à joindre API Entreprise.',
    advice: 'Vérifiez la connexion au réseau, puis relancez. Si elle fonctionne, signalez-le à votre service informatique.',
    retry: 'byHand',
  },
  timeout: {
    message: 'La réponse n’est pas arrivée dans le temps prévu.',
    advice: 'Relancez dans un instant ; le fournisseur de la donnée est peut-être ralenti.',
    retry: 'once',
  },
  unreadable: {
    message: 'La réponse reçue n’est pas au format attendu.',
    advice: `Relancez. ${TELL}`,
    retry: 'byHand',
  },
  too_large: {
    message: 'La réponse dépasse la taille que l’application accepte.',
    advice: 'Signalez-le depuis « Diagnostic », en précisant la donnée demandée.',
    retry: 'never',
  },
  blocked: {
    message: 'Les appels sont suspendus sur ce poste\u00a0: rien n’a été envoyé.',
    advice: 'Suivez l’avis affiché en haut de l’écran.',
    retry: 'byHand',
  },
  journal: {
    message: 'La trace de l’appel n’a pas pu être enregistrée : rien n’est envoyé ni affiché sans trace.',
    advice: 'Vérifiez la place libre sur le disque, puis relancez. Sinon, prévenez votre responsable.',
    retry: 'byHand',
  },
  cancelled: {
    message: 'L’appel a été annulé.',
    advice: 'Relancez-le quand vous le souhaitez.',
    retry: 'byHand',
  },
  unjustified: {
    message: 'Le cas d’usage du dossier ne justifie pas cette donnée.',
    advice: 'Si elle vous est nécessaire, indiquez pourquoi par écrit : le motif sera conservé dans l’historique.',
    retry: 'never',
  },
  internal: {
    message: 'L’application a rencontré une erreur imprévue.',
    advice: 'Relancez. Si l’erreur revient, signalez-la depuis « Diagnostic ».',
    retry: 'byHand',
  },
};

import type { ApiError, ApiErrorKind } from '../domain/api-error';
import type { CertificateFacts, TransportProblem } from '../domain/transport';
import { errorOf } from './error-of';

/** What happened, and what to do or to tell the IT desk. */
export interface TransportWords {
  readonly message: string;
  readonly advice: string;
}

const kindOfProblem: Readonly<Partial<Record<TransportProblem, ApiErrorKind>>> = {
  silence: 'timeout',
  cancelled: 'cancelled',
  too_large: 'too_large',
};

/** A transport failure as an error of a call: all that happened on the way is `network`. */
export function transportFailure(problem: TransportProblem, certificate: CertificateFacts = {}): ApiError {
  return errorOf(kindOfProblem[problem] ?? 'network', transportWords(problem, certificate) ?? {});
}

/** The call had arrived, and its answer was on the way or made: unlike the other failures of the network. */
export function wasCut(error: ApiError): boolean {
  return tellsOf(error, ['cut']);
}

/** The proxy wants an account, another, or a look at its address: unlike the other failures of the network, it ends by somebody's hand alone. */
export function wantsProxyAccount(error: ApiError): boolean {
  return tellsOf(error, ['proxy_password', 'proxy_password_refused', 'proxy_unconfirmed']);
}

/** An error of a call keeps nothing of the problem but its words. */
function tellsOf({ kind, message }: ApiError, problems: readonly TransportProblem[]): boolean {
  return kind === 'network' && problems.some((problem) => transportWords(problem)?.message === message);
}

/** Null when the kind of the failure already says everything. */
export function transportWords(problem: TransportProblem, { authority, date, names = [] }: CertificateFacts = {}): TransportWords | null {
  switch (problem) {
    case 'authority_unknown':
      return {
        message: `Le certificat du site n’est pas reconnu : il est délivré par ${authority === undefined ? 'une autorité inconnue de ce poste' : `« ${authority} », une autorité inconnue de ce poste`}.`,
        advice: tellDesk('le certificat de cette autorité est à ajouter à la politique d’Instruire (caFiles) s’il s’agit du boîtier de filtrage de l’organisation. Sinon, ne passez pas outre : la liaison est peut-être écoutée'),
      };
    case 'certificate_expired':
      return {
        message: `Le certificat du site a expiré${date === undefined ? '' : ` le ${frenchDate(date)}`}.`,
        advice: `Vérifiez la date et l’heure de ce poste. Si elles sont justes, ${lower(tellDesk('le certificat du site ou du boîtier de filtrage est périmé'))}`,
      };
    case 'certificate_not_yet_valid':
      return {
        message: `Le certificat du site n’est pas encore valable${date === undefined ? '' : ` : il commence le ${frenchDate(date)}`}.`,
        advice: `L’horloge de ce poste retarde sans doute : mettez-la à l’heure. Sinon, ${lower(tellDesk('le certificat présenté n’est pas encore en vigueur'))}`,
      };
    case 'certificate_other_host':
      return {
        message: `Le certificat présenté n’est pas celui du site appelé${names.length === 0 ? '' : ` : il vaut pour ${names.join(', ')}`}.`,
        advice: tellDesk('une adresse, un proxy ou un boîtier de filtrage mène à un autre serveur'),
      };
    default:
      return wordsOfProblem[problem] ?? null;
  }
}

const wordsOfProblem: Readonly<Partial<Record<TransportProblem, TransportWords>>> = {
  dns: {
    message: 'Le nom du site n’a pas été trouvé sur le réseau.',
    advice: `Vérifiez que ce poste est connecté. S’il l’est, ${lower(tellDesk('le nom n’est pas résolu (DNS), ou la sortie passe par un proxy qu’Instruire ne connaît pas'))}`,
  },
  no_network: {
    message: 'Ce poste n’atteint pas le site : il n’est relié à aucun réseau, ou celui-ci n’y mène pas.',
    advice: `Vérifiez le câble, le Wi-Fi ou le VPN de ce poste, puis relancez. S’il est bien relié, ${lower(tellDesk('aucune route ne mène de ce poste à ce site'))}`,
  },
  connect_refused: {
    message: 'La connexion a été refusée.',
    advice: tellDesk('la connexion sortante est rejetée ; le port 443 est à ouvrir vers le site, ou un proxy à indiquer'),
  },
  connect_timeout: {
    message: 'Le site n’a pas accepté la connexion à temps.',
    advice: 'Réessayez dans quelques minutes. Si d’autres sites répondent, ouvrez « Diagnostic » : il distingue une panne, un pare-feu et une suspension de l’adresse par le service.',
  },
  tls_too_old: {
    message: 'Le site ou un boîtier du réseau ne propose que des versions périmées du chiffrement (avant TLS 1.2).',
    advice: tellDesk('la liaison doit accepter TLS 1.2 ou 1.3'),
  },
  client_certificate: {
    message: 'La passerelle demande un certificat de ce poste, ou refuse celui qu’il présente.',
    advice: tellDesk('le certificat client de la politique d’Instruire (clientCertificate) manque, a expiré, ou sa phrase secrète n’est pas la bonne'),
  },
  tls: {
    message: 'La liaison chiffrée n’a pas pu être établie.',
    advice: tellDesk('la négociation TLS échoue entre ce poste et le site ; un boîtier de filtrage peut l’interrompre'),
  },
  proxy_unreachable: {
    message: 'Le proxy du réseau ne répond pas.',
    advice: `Vérifiez que ce poste est sur le réseau de l’organisation (ou son VPN). S’il l’est, ${lower(tellDesk('le proxy configuré ne répond pas'))}`,
  },
  proxy_password: {
    message: 'Le proxy du réseau demande un nom d’utilisateur et un mot de passe.',
    advice: 'Ouvrez « Diagnostic », lancez la vérification, puis saisissez-les sous « Compte du proxy » : ils seront gardés dans le trousseau du poste.',
  },
  proxy_password_refused: {
    message: 'Le proxy du réseau refuse le nom d’utilisateur ou le mot de passe enregistré.',
    advice: 'Votre mot de passe a peut-être changé : ouvrez « Diagnostic », puis « Compte du proxy », et saisissez-le à nouveau.',
  },
  proxy_unconfirmed: {
    message: 'Un proxy qui n’a jamais été confirmé sur ce poste demande un nom d’utilisateur et un mot de passe : ceux qui sont enregistrés ne lui ont pas été donnés.',
    advice: 'Ouvrez « Diagnostic », lancez la vérification, puis regardez « Compte du proxy » : son adresse y est. Confirmez-le s’il est bien celui de votre organisation ; sinon, prévenez votre service informatique.',
  },
  proxy_refused: {
    message: 'Le proxy du réseau refuse l’accès à ce site.',
    advice: tellDesk('le site est à autoriser sur le proxy (connexion CONNECT, port 443)'),
  },
  proxy_no_route: {
    message: 'Le proxy du réseau n’arrive pas à joindre ce site.',
    advice: `Réessayez dans quelques minutes. Si cela dure, ${lower(tellDesk('le proxy répond par une erreur pour ce site'))}`,
  },
  proxy_unsupported: {
    message: 'Le réseau impose un type de proxy qu’Instruire ne sait pas utiliser (SOCKS).',
    advice: tellDesk('Instruire passe par un proxy HTTP ou HTTPS ; indiquez-en un dans la politique du poste'),
  },
  captive: {
    message: 'Une page du réseau est arrivée à la place de la réponse : un portail de connexion, ou un filtrage.',
    advice: `Ouvrez un navigateur et identifiez-vous sur le réseau, puis relancez. Sinon, ${lower(tellDesk('un filtrage remplace les réponses du site'))}`,
  },
  cut: { message: 'La connexion a été coupée avant la fin de la réponse.', advice: 'Relancez. Si la coupure se répète, signalez-le à votre service informatique.' },
};

function tellDesk(what: string): string {
  return `Dites à votre service informatique : ${what}.`;
}

/** The advice goes on inside a sentence. */
function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function frenchDate(isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

import { dayText, parisDay } from '../../shared/domain/days';
import { frenchSpaces } from '../../shared/domain/french-spaces';

/** What the entry of the register depends on. */
export interface ProcessingSettings {
  /** Null when the policy does not name it. */
  readonly organisation: string | null;
  readonly workstation: string;
  readonly retentionMonths: number;
  /** Host of the RFC 3161 authority, when one is set. */
  readonly timestampAuthority: string | null;
  readonly keychainAvailable: boolean;
}

const TO_FILL = '_à compléter_';

/**
 * Entry of the « registre des activités de traitement » (RGPD, article 30) for the access history, as Markdown.
 * 36 months: API Entreprise terms of use, §2.1 (traces kept three years at least).
 */
export function processingRecord(settings: ProcessingSettings, generatedAt: Date): string {
  const day = dayText(parisDay(generatedAt.getTime()));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Responsable du traitement', [`${settings.organisation ?? TO_FILL}. Délégué à la protection des données : ${TO_FILL}.`]],
    ['Finalité', [
      'Prouver qui a consulté quelles données d’entreprise par API Entreprise, quand, pourquoi et pour quel dossier ; répondre aux contrôles des opérateurs du service et détecter les accès anormaux.',
    ]],
    ['Base légale', [
      'Mission d’intérêt public (RGPD, article 6, paragraphe 1, e) et obligation de traçabilité acceptée avec les conditions générales d’utilisation d’API Entreprise.',
    ]],
    ['Personnes concernées', [
      'Agents, responsables et auditeurs qui ont un compte sur ce poste ; personnes physiques identifiables par un SIREN, un SIRET ou un nom d’entreprise (entreprises individuelles), ou nommées dans l’objet d’un dossier ou le nom d’un fichier.',
    ]],
    ['Données enregistrées', [
      'Pour chaque consultation : agent (identifiant et nom), poste, date et heure, dossier, habilitation (jamais le jeton), environnement, donnée demandée, identifiant et nom de l’entreprise, contexte, destinataire, objet, justification écrite quand elle est demandée, résultat, statut, code et motif, identifiant de la requête, durée, empreintes de la réponse et du document.',
      'Pour les autres actes (session ouverte, refusée ou fermée ; document reçu, ouvert, imprimé, enregistré ou fourni par une entreprise ; données relues, copiées ou exportées ; historique consulté, vérifié, sauvegardé ou exporté ; compte, droit, habilitation, jeton, réglage, dossier ou lot changé ; fin de conservation) : agent, poste, date et heure, et une phrase qui dit l’acte, par exemple le filtre d’un export ou le nom d’un fichier.',
      'N’y figurent ni le contenu des réponses et des documents, ni les jetons, ni les mots de passe, ni les liens de téléchargement.',
    ]],
    ['Destinataires', [
      'Chaque agent et chaque responsable pour ses propres lignes ; l’auditeur pour toutes ; les opérateurs d’API Entreprise pour les requêtes sur lesquelles ils interrogent le service.',
      settings.timestampAuthority === null
        ? 'Aucun envoi automatique hors du poste.'
        : `Autorité d’horodatage ${settings.timestampAuthority} : elle ne reçoit qu’une empreinte de 32 octets, sans aucune donnée personnelle.`,
    ]],
    ['Transferts hors de l’Union européenne', [
      settings.timestampAuthority === null ? 'Aucun par l’application.' : `Aucune donnée personnelle. Pays de l’autorité d’horodatage : ${TO_FILL}.`,
    ]],
    ['Durée de conservation', retentionLines(settings.retentionMonths)],
    ['Mesures de sécurité', [
      'Historique en ajout seul, chaîné par SHA-256 et scellé par une clé propre au poste ; aucune donnée n’est demandée sans trace déjà écrite sur le disque.',
      settings.keychainAvailable
        ? 'Clé de scellement gardée par le trousseau du système d’exploitation.'
        : 'Ce poste n’a pas de trousseau système : la clé de scellement n’y est protégée que par les droits des fichiers.',
      'Le fichier de l’historique n’est pas chiffré par l’application, pour rester vérifiable : le protègent le compte du système et, si l’organisation l’a activé, le chiffrement du disque.',
      'Accès selon le rôle, vérifié à chaque demande ; exports, vérifications, sauvegardes et suppressions sont eux-mêmes tracés.',
      'Une chaîne locale ne prouve pas à elle seule que ses dernières lignes sont présentes : une empreinte confiée à un tiers (export, horodatage) le fait.',
    ]],
  ];
  const body = sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n\n')}\n`);
  const heading = `# Registre des traitements — Historique des accès aux données d’entreprise\n\nFiche établie le ${day} d’après les réglages du poste ${settings.workstation}.\n`;
  return frenchSpaces([heading, ...body].join('\n'));
}

function retentionLines(months: number): readonly string[] {
  const reason =
    'Pourquoi 36 mois : les conditions générales d’utilisation d’API Entreprise demandent de garder les traces trois ans au moins, afin de pouvoir répondre d’un accès pendant tout ce temps. Les garder davantage sans nécessité serait contraire à la limitation de conservation (RGPD, article 5, paragraphe 1, e).';
  const longer = months > 36 ? [`L’organisation a porté cette durée à ${months} mois par la politique du poste ; motif : ${TO_FILL}.`] : [];
  return [
    `${months} mois à compter de chaque accès, puis suppression automatique du contenu (vérifiée à chaque démarrage et chaque jour, et elle-même tracée). Restent l’ordre, la date, la nature de l’événement et des empreintes qui ne permettent pas de retrouver les personnes. Quand le poste est resté longtemps sans usage, la suppression attend une semaine de plus, pour qu’une horloge avancée par erreur n’efface rien.`,
    'Les copies sorties du poste (exports, sauvegardes, historique remplacé lors d’une restauration) ne sont pas effacées par l’application : l’organisation les efface au même terme.',
    reason,
    ...longer,
  ];
}

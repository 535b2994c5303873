import { type Environment, environmentLabels } from '../../shared/domain/environment';
import type { Host } from '../host';
import type { FactGroup } from '../problem-report';
import { type Database, storedVersions } from '../storage/database';
import { systemName } from '../system-name';
import type { Stores } from './stores';

/** What support needs to know of this workstation: versions, states, names of settings; never what it holds. */
export function problemFacts(host: Host, { vault, keyRing, database, journal, settings, policy, damagedFileKeptAt }: Stores, environment: Environment): readonly FactGroup[] {
  const { colorScheme, longTimeouts, lockAfterMinutes, useV2, logLevel } = settings.get();
  return [
    {
      title: 'Versions',
      facts: [
        ['Instruire', host.appVersion],
        ['Electron', host.electronVersion ?? 'aucun'],
        ['Node', process.versions.node],
        ['Système', systemName()],
        ['Établi le', new Date(host.clock.now()).toISOString()],
      ],
    },
    {
      title: 'Poste',
      facts: [
        ['Environnement', environmentLabels[environment]],
        ['Trousseau du système', vault.kind === 'keychain' ? 'présent' : 'absent'],
        ['Clé des données', keyRing.problem() ?? 'présente'],
        ['Historique', orUnreadable(() => `${journal.head().seq} lignes${journal.openingBreak === null ? '' : ', rupture constatée à l’ouverture'}`)],
        ['Base de données', damagedFileKeptAt === null ? 'saine' : 'endommagée, mise de côté au démarrage'],
        ['Formats', orUnreadable(() => [...storedVersions(database)].map(([feature, version]) => `${feature} ${version}`).join(', '))],
        ['Réglages', Object.entries({ colorScheme, longTimeouts, lockAfterMinutes, useV2, logLevel }).map(([name, value]) => `${name} ${String(value)}`).join(', ')],
        ['Fixés par l’organisation', Object.keys(policy).join(', ') || 'aucun'],
      ],
    },
  ];
}

/** A report is wanted most where something is broken: what cannot be read is said, and the rest is told. */
function orUnreadable(read: () => string): string {
  try {
    return read();
  } catch {
    return 'illisible';
  }
}

/** Whom and what this workstation knows by name: none of it may be read in a report. */
export function knownNames(database: Database): readonly string[] {
  const rows = database
    .prepare(
      `SELECT display_name AS name FROM agents UNION SELECT login FROM agents UNION SELECT organisation FROM agents
       UNION SELECT name FROM dossier_companies UNION SELECT title FROM dossiers UNION SELECT object FROM dossiers UNION SELECT title FROM habilitations`,
    )
    .all() as { name: string }[];
  return rows.map(({ name }) => name);
}

/** How much this workstation keeps of dossiers. */
export function countHoldings(database: Database): { readonly dossierCount: number; readonly documentCount: number; readonly answerCount: number } {
  return database
    .prepare('SELECT (SELECT count(*) FROM dossiers) AS dossierCount, (SELECT count(*) FROM documents) + (SELECT count(*) FROM supplied_pieces) AS documentCount, (SELECT count(*) FROM answers) AS answerCount')
    .get() as { dossierCount: number; documentCount: number; answerCount: number };
}

import { Drawer, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { durationText, type JournalLine, outcomes, subjectOf } from './journal-text';

/** Everything that a line holds, with what proves it. */
export function JournalDetail({ line, onClose }: { readonly line: JournalLine | null; readonly onClose: () => void }): ReactNode {
  return (
    <Drawer opened={line !== null} onClose={onClose} position="right" size={520} title={line ? `Ligne ${line.seq} de l’historique` : ''} closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {line && (
        <dl style={{ display: 'grid', gap: 14, margin: 0 }}>
          {factsOf(line).map(([label, value, isCode]) => (
            <div key={label}>
              <Text component="dt" size="xs" c="dimmed">{label}</Text>
              <Text component="dd" m={0} mt={2} size="sm" style={{ overflowWrap: 'anywhere' }} {...(isCode ? { ff: 'monospace', fz: 'xs' } : {})}>{value}</Text>
            </div>
          ))}
        </dl>
      )}
    </Drawer>
  );
}

type Fact = readonly [label: string, value: string, isCode?: boolean];

function factsOf(line: JournalLine): Fact[] {
  const company = [line.companyName, line.identifier && formatIdentifier(line.identifier)].filter(Boolean).join(' · ');
  const facts: readonly (readonly [string, string | null, boolean?])[] = [
    ['Quand', new Date(line.at).toLocaleString('fr-FR', { dateStyle: 'full', timeStyle: 'medium' })],
    ['Quoi', subjectOf(line)],
    ['Résultat', outcomes[line.outcome].label],
    ['Précision', line.detail],
    ['Agent', line.agentName],
    ['Poste', line.workstation],
    ['Dossier', line.dossierTitle],
    ['Entreprise', company],
    ['Contexte', line.context],
    ['Destinataire', line.recipient && formatIdentifier(line.recipient)],
    ['Objet', line.object],
    ['Fournisseur', line.provider],
    ['Environnement', line.environment],
    ['Durée', durationText(line.durationMs)],
    ['Statut de la réponse', [line.httpStatus, line.code].filter((part) => part !== null).join(' · ')],
    ['Identifiant d’appel', line.requestId, true],
    ['Empreinte de la réponse (SHA-256)', line.bodySha256, true],
    ['Empreinte du document (SHA-256)', line.documentSha256, true],
    ['Empreinte de la ligne dans la chaîne', line.hash, true],
  ];
  return facts.flatMap(([label, value, isCode]) => (value ? [[label, value, isCode ?? false] as const] : []));
}

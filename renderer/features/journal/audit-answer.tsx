import { Alert, Button, Table, Text, Title } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';

import { AUDIT_FIRST_LINES } from '../../../shared/domain/journal';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { ChannelOutput } from '../../../shared/ipc';
import { type JournalLine, outcomes, subjectOf, whenText } from '../history';

interface Props {
  readonly answer: ChannelOutput<'journal.answerAudit'>;
  readonly requestIds: readonly string[];
  readonly organisation: string;
  /** Whether more is being read. */
  readonly isReading: boolean;
  readonly onShowAll: () => void;
}

/** A page that can be sent as it is: who, when, why, for which dossier. */
export function AuditAnswer({ answer: { lines, total, unknownRequestIds }, requestIds, organisation, isReading, onShowAll }: Props): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  const firstNew = useRef<HTMLTableRowElement>(null);
  // The answer begins below what was pasted, often out of sight.
  useEffect(() => {
    title.current?.focus();
    title.current?.scrollIntoView({ block: 'start' });
  }, [requestIds]);
  // The rest comes where its button was.
  useEffect(() => firstNew.current?.focus({ preventScroll: true }), [lines]);
  return (
    <article className="card panel print-page" aria-labelledby="audit-answer">
      <Title order={2} size="h3" id="audit-answer" ref={title} tabIndex={-1} style={{ scrollMarginTop: 24 }}>Justification des appels à API Entreprise</Title>
      <Text mt={6}>
        {organisation}. Établie le {new Date().toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' })} d’après l’historique du poste.
      </Text>
      <Text mt={6} mb="md" role="status">
        {total === 0 ? 'Aucun de ces appels ne vient de ce poste.' : `${total.toLocaleString('fr-FR')} ligne${total > 1 ? 's' : ''} retrouvée${total > 1 ? 's' : ''}.`}
        {unknownRequestIds.length > 0 && total > 0 && ` ${unknownRequestIds.length.toLocaleString('fr-FR')} identifiant${unknownRequestIds.length > 1 ? 's' : ''} inconnu${unknownRequestIds.length > 1 ? 's' : ''} de ce poste.`}
      </Text>
      {total > 0 && (
        <Table.ScrollContainer minWidth={820} scrollAreaProps={{ type: 'auto', viewportProps: { tabIndex: 0, 'aria-label': 'Appels retrouvés' } }}>
          <Table fz="sm" verticalSpacing="xs" aria-label="Appels retrouvés">
            <Table.Thead>
              <Table.Tr>{['Quand', 'Qui', 'Pourquoi', 'Dossier', 'Entreprise et donnée', 'Résultat'].map((name) => <Table.Th key={name} scope="col">{name}</Table.Th>)}</Table.Tr>
            </Table.Thead>
            <Table.Tbody>{lines.map((line, index) => <AnswerRow key={line.seq} line={line} row={index === AUDIT_FIRST_LINES ? firstNew : undefined} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {lines.length < total && (
        <Alert color="blue" mt="md" title={`Les ${lines.length} lignes les plus récentes sont montrées`}>
          <Text size="sm" mb="sm">Le fichier enregistré les contient toutes ; l’impression, celles qui sont montrées.</Text>
          <Button variant="default" size="xs" className="no-print" loading={isReading} onClick={onShowAll}>{total - lines.length === 1 ? 'Montrer la dernière ligne' : `Montrer les ${(total - lines.length).toLocaleString('fr-FR')} autres lignes`}</Button>
        </Alert>
      )}
      {unknownRequestIds.length > 0 && (
        <>
          <Title order={3} size="h4" mt="lg">Identifiants inconnus de ce poste</Title>
          <Text size="sm" mb="xs">Ces appels ont pu être faits depuis un autre poste ou un autre logiciel avec le même jeton, ou être plus anciens que la durée de conservation.</Text>
          <ul className="plain-list code">{unknownRequestIds.map((id) => <li key={id}>{id}</li>)}</ul>
        </>
      )}
    </article>
  );
}

function AnswerRow({ line, row }: { readonly line: JournalLine; readonly row: RefObject<HTMLTableRowElement | null> | undefined }): ReactNode {
  return (
    <Table.Tr ref={row} tabIndex={row ? -1 : undefined} style={{ verticalAlign: 'top' }}>
      <Table.Td>{whenText(line.at)}</Table.Td>
      <Table.Td>{line.agentName}</Table.Td>
      <Table.Td>{line.context}<Text size="sm">{line.object}</Text>{line.recipient && <Text size="xs" c="dimmed">pour {formatIdentifier(line.recipient)}</Text>}</Table.Td>
      <Table.Td>{line.dossierTitle}</Table.Td>
      <Table.Td>{line.companyName}{line.identifier && <Text size="xs" c="dimmed">{formatIdentifier(line.identifier)}</Text>}<Text size="sm">{subjectOf(line)}</Text></Table.Td>
      <Table.Td>{outcomes[line.outcome].label}<Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{line.requestId}</Text></Table.Td>
    </Table.Tr>
  );
}

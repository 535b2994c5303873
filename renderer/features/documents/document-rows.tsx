import { Badge, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { type DocumentWarning, documentWarningSentences } from '../../../shared/domain/document';
import type { DocumentLine, ListedDocument } from '../../../shared/domain/listed-document';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { DocumentActions } from './document-actions';
import { DocumentValidity } from './document-validity';
import type { Versions } from './document-versions';
import { sizeText } from './size-text';

/** A document and, on demand, its earlier versions below it. */
export function DocumentRows({ latest, earlier, companyName }: Versions & { readonly companyName: string | null }): ReactNode {
  const [opened, setOpened] = useState(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const toggle = earlier.length > 0 && (
    <Button size="compact-xs" variant="subtle" leftSection={<Chevron size={13} aria-hidden />} aria-expanded={opened} aria-label={`${earlierText(earlier.length)}\u00a0: ${spokenLabel(latest, companyName)}`} onClick={() => setOpened(!opened)}>
      {earlierText(earlier.length)}
    </Button>
  );
  return (
    <>
      <Row document={latest} companyName={companyName}>{toggle}</Row>
      {opened && earlier.map((document) => <Row key={document.id} document={document} companyName={companyName} isEarlier />)}
    </>
  );
}

interface RowProps {
  readonly document: ListedDocument;
  readonly companyName: string | null;
  readonly isEarlier?: boolean;
  readonly children?: ReactNode;
}

function Row({ document, companyName, isEarlier = false, children }: RowProps): ReactNode {
  return (
    <Table.Tr>
      <Table.Td {...(isEarlier ? { pl: 32 } : {})}>
        <Group gap={6}>
          <Text size="sm" fw={isEarlier ? 400 : 500}>{document.label}</Text>
          {isEarlier && <Badge size="sm" variant="light" color="gray" tt="none">version antérieure</Badge>}
          {document.warnings.map((warning) => <Warning key={warning} warning={warning} />)}
        </Group>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{document.fileName}</Text>
        {children}
      </Table.Td>
      <Table.Td>
        {companyName !== null && <Text size="sm">{companyName}</Text>}
        <Text {...(companyName === null ? { size: 'sm' } : { size: 'xs', c: 'dimmed' })} style={{ whiteSpace: 'nowrap' }}>{formatIdentifier(document.identifier)}</Text>
        <Text size="xs" c="dimmed">{document.provider}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>{document.documentDate === null ? '—' : shortDay(document.documentDate)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>{new Date(document.fetchedAt).toLocaleDateString('fr-FR')}</Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{sizeText(document.byteLength)}</Text>
        <JournalLine document={document} />
        {document.earlierFetches.length > 0 && <Text size="xs" c="dimmed">identique à celui du {document.earlierFetches.map((at) => new Date(at).toLocaleDateString('fr-FR')).at(-1)}</Text>}
      </Table.Td>
      <Table.Td><DocumentValidity validity={document.validity} /></Table.Td>
      <Table.Td><DocumentActions document={document} place="table" label={`${spokenLabel(document, companyName)}${isEarlier ? ` · version reçue le ${new Date(document.fetchedAt).toLocaleString('fr-FR')}` : ''}`} /></Table.Td>
    </Table.Tr>
  );
}

function earlierText(count: number): string {
  return count > 1 ? `${count} versions antérieures` : '1 version antérieure';
}

/** What tells a document of the table from the others: its date, its company. */
function spokenLabel({ label, documentDate, identifier }: ListedDocument, companyName: string | null): string {
  return [label, ...(documentDate === null ? [] : [shortDay(documentDate)]), companyName ?? formatIdentifier(identifier)].join(' · ');
}

/** `2026-06-30` as 30/06/2026. */
function shortDay(isoDay: string): string {
  return isoDay.slice(0, 10).split('-').reverse().join('/');
}

const lineSentences: Readonly<Record<DocumentLine, string>> = {
  present: 'L’appel qui a rapporté ce document est inscrit à cette ligne de l’historique, avec l’empreinte du fichier.',
  emptied: 'Le contenu de cette ligne de l’historique, un appel, a été effacé à la fin de sa conservation : elle ne porte plus l’empreinte du fichier.',
  absent: 'La ligne notée à la réception n’est pas dans l’historique actuel, par exemple parce qu’une copie plus ancienne a été remise en place. Le document reste lisible ; demandez à l’auditeur l’historique mis de côté.',
  unreadable: 'Le fichier de l’historique est endommagé à cet endroit. Le document reste lisible ; prévenez votre responsable, qui peut restaurer la dernière sauvegarde.',
  unnoted: 'Ce document a été reçu avant que l’application note la ligne de l’historique avec lui : cherchez-la dans l’historique par le dossier.',
};

/** Names a line only when the present journal holds it. */
function JournalLine({ document }: { readonly document: ListedDocument }): ReactNode {
  return (
    <Tooltip label={lineSentences[document.journalLine]} multiline w={320}>
      <Text size="xs" c="dimmed" tabIndex={0} w="fit-content">
        {lineName(document)}
      </Text>
    </Tooltip>
  );
}

function lineName({ journalLine, journalSeq }: ListedDocument): string {
  if (journalSeq === null || journalLine === 'unnoted') return 'Ligne d’historique non notée';
  if (journalLine === 'unreadable') return 'Ligne d’historique illisible';
  if (journalLine === 'absent') return 'Absent de l’historique actuel';
  return `Trace n° ${journalSeq.toLocaleString('fr-FR')}`;
}

const warningWords: Readonly<Record<DocumentWarning, string>> = { script: 'script', attachment: 'pièces jointes' };

function Warning({ warning }: { readonly warning: DocumentWarning }): ReactNode {
  return (
    <Tooltip label={documentWarningSentences[warning]} multiline w={300}>
      <Badge size="sm" variant="light" color="amber" tt="none" tabIndex={0} leftSection={<IconAlertTriangle size={11} aria-hidden />}>{warningWords[warning]}</Badge>
    </Tooltip>
  );
}

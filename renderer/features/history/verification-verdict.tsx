import { Alert, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { breakSentences } from '../../../shared/domain/journal';
import type { VerificationReport } from './use-verification';

/** Result of a verification, in words: what was checked, and where it breaks when it does. */
export function VerificationVerdict({ report }: { readonly report: VerificationReport | null }): ReactNode {
  return (
    <>
      {/* There before its words: a region that comes with them is not always spoken. */}
      <div role="status">{report !== null && !report.break && <Unbroken report={report} />}</div>
      {report?.break && <Broken {...report.break} rows={rowsText(report)} />}
    </>
  );
}

type Break = NonNullable<VerificationReport['break']>;

function Broken({ kind, seq, rows }: Break & { readonly rows: string }): ReactNode {
  return (
    <Alert color="red" role="alert" icon={<IconShieldX aria-hidden />} title={`L’historique est rompu à la ligne ${seq.toLocaleString('fr-FR')}`}>
      <Text size="sm">{breakSentences[kind]} Le contrôle portait sur {rows}. Ne modifiez rien sur ce poste et prévenez votre responsable de la sécurité.</Text>
    </Alert>
  );
}

function Unbroken({ report }: { readonly report: VerificationReport }): ReactNode {
  if (report.rowCount === 0) {
    return (
      <Alert color="yellow" title="Aucune ligne à contrôler">
        <Text size="sm">L’historique s’arrête avant la ligne {report.fromSeq.toLocaleString('fr-FR')}. Choisissez d’autres lignes, puis vérifiez.</Text>
      </Alert>
    );
  }
  return (
    <Alert color="teal" icon={<IconShieldCheck aria-hidden />} title="L’historique est intact">
      <Text size="sm">{rowsText(report)} contrôlées, de la ligne {report.fromSeq.toLocaleString('fr-FR')} à la ligne {report.toSeq.toLocaleString('fr-FR')} : aucune n’a été modifiée, retirée, ajoutée ni déplacée. {sealText(report)}</Text>
    </Alert>
  );
}

function rowsText({ rowCount }: VerificationReport): string {
  return `${rowCount.toLocaleString('fr-FR')} ligne${rowCount > 1 ? 's' : ''}`;
}

function sealText({ sealCount, lastSealedSeq, lastSealedAt, anchorCount }: VerificationReport): string {
  if (sealCount === 0 || lastSealedSeq === null) return 'Aucun sceau ne porte encore sur ces lignes.';
  const when = lastSealedAt === null ? '' : ` du ${new Date(lastSealedAt).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' })}`;
  const anchors = anchorCount === 0 ? '' : ` ${anchorCount} horodatage${anchorCount > 1 ? 's' : ''} extérieur${anchorCount > 1 ? 's' : ''} aussi.`;
  return `${sealCount}\u00a0sceau${sealCount > 1 ? 'x' : ''} vérifié${sealCount > 1 ? 's' : ''}, le dernier${when} à la ligne ${lastSealedSeq.toLocaleString('fr-FR')}.${anchors}`;
}

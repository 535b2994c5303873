import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useCallback, useState } from 'react';

import type { Answer } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import type { CompanyHeader } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { showFailure } from '../../components/toasts';
import { PrintSheet } from './print-sheet';

interface PrintButtonProps {
  readonly dossier: Dossier;
  readonly company: DossierCompany;
  readonly header: CompanyHeader;
  readonly answers: readonly Answer[];
}

/** Saves the sheet as a PDF with the source and the date of every block. */
export function PrintButton(props: PrintButtonProps): ReactNode {
  const [printing, setPrinting] = useState(false);
  const { id: dossierId } = props.dossier;
  const { identifier } = props.company;
  const print = useCallback(() => {
    callMain('sheet.print', { dossierId, identifier })
      .then((saved) => saved && notifications.show({ message: `Fiche enregistrée : ${saved.path}` }), showFailure)
      .finally(() => setPrinting(false));
  }, [dossierId, identifier]);
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} loading={printing} disabled={props.answers.length === 0} onClick={() => setPrinting(true)}>
        Imprimer en PDF
      </Button>
      {printing && <PrintSheet {...props} onReady={print} />}
    </>
  );
}

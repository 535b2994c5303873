import type { ReactNode } from 'react';

import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { showDone } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { holdingsText } from './holdings-text';

interface Props {
  readonly dossier: { readonly id: string; readonly title: string };
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A responsable ends a dossier before its term; says first what goes. */
export function DeleteDossier({ dossier, opened, onClose }: Props): ReactNode {
  return (
    <ConfirmDialog
      opened={opened}
      title="Supprimer ce dossier ?"
      confirmLabel="Supprimer le dossier"
      isDangerous
      onClose={onClose}
      onConfirm={async () => {
        await callMain('dossiers.delete', { id: dossier.id });
        showDone('Dossier supprimé', `« ${dossier.title} » n’est plus sur ce poste.`);
        navigate({ name: 'dossiers' });
      }}
    >
      {opened && <Words dossier={dossier} />}
    </ConfirmDialog>
  );
}

function Words({ dossier }: Pick<Props, 'dossier'>): ReactNode {
  const { value } = useLoaded(() => callMain('retention.preview', undefined), dossier.id);
  const term = value?.find(({ dossierId }) => dossierId === dossier.id);
  return (
    <>
      « {dossier.title} » sera supprimé de ce poste, sans retour possible{term ? ` : ${holdingsText(term.holdings)}` : ''}. L’historique de ses accès est conservé.
    </>
  );
}


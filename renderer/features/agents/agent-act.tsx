import type { ReactNode } from 'react';

import type { Agent } from '../../../shared/domain/agent';
import { type Role, roleLabels } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { ConfirmDialog } from '../../components/confirm-dialog';
import type { HandOver } from './temporary-password';

/** What a responsable is about to do to an account. */
export type AgentAct =
  | { readonly kind: 'suspend' | 'reactivate' | 'password' | 'second-factor'; readonly agent: Agent }
  | { readonly kind: 'role'; readonly agent: Agent; readonly role: Role };

interface Props {
  readonly act: AgentAct | null;
  readonly onClose: () => void;
  /** With the temporary password to hand over, when there is one. */
  readonly onDone: (handOver: HandOver | null) => void;
}

/** Confirms an act on an account; main refuses those that would leave the workstation without a responsable. */
export function AgentActDialog({ act, onClose, onDone }: Props): ReactNode {
  const words = act && wordsOf(act);
  return (
    <ConfirmDialog
      opened={act !== null}
      title={words?.title ?? ''}
      confirmLabel={words?.confirm ?? ''}
      isDangerous={act?.kind === 'suspend'}
      onClose={onClose}
      onConfirm={async () => {
        if (act) onDone(await perform(act));
      }}
    >
      {words?.explanation}
    </ConfirmDialog>
  );
}

async function perform(act: AgentAct): Promise<HandOver | null> {
  const { id } = act.agent;
  switch (act.kind) {
    case 'suspend':
      await callMain('agents.setState', { id, state: 'suspended' });
      return null;
    case 'reactivate':
      await callMain('agents.setState', { id, state: 'active' });
      return null;
    case 'second-factor':
      await callMain('agents.removeSecondFactor', { id });
      return null;
    case 'role':
      await callMain('agents.setRole', { id, role: act.role });
      return null;
    case 'password':
      return { agent: act.agent, ...(await callMain('agents.resetPassword', { id })) };
  }
}

interface Words {
  readonly title: string;
  readonly explanation: string;
  readonly confirm: string;
}

function wordsOf(act: AgentAct): Words {
  const name = act.agent.displayName;
  switch (act.kind) {
    case 'suspend':
      return {
        title: `Suspendre le compte de ${name}\u00a0?`,
        explanation: 'Sa session se ferme et il ne peut plus se connecter. Ses dossiers et son historique restent ; le compte peut être réactivé.',
        confirm: 'Suspendre',
      };
    case 'reactivate':
      return { title: `Réactiver le compte de ${name}\u00a0?`, explanation: 'Il retrouve ses droits et son mot de passe d’avant.', confirm: 'Réactiver' };
    case 'role':
      return { title: `Changer le profil de ${name}\u00a0?`, explanation: roleExplanations[act.role], confirm: `Passer en « ${roleLabels[act.role]} »` };
    case 'password':
      return {
        title: `Réinitialiser le mot de passe de ${name}\u00a0?`,
        explanation: 'L’ancien ne servira plus. Un mot de passe provisoire s’affichera une seule fois : remettez-le en main propre, il sera à changer à la première connexion.',
        confirm: 'Réinitialiser',
      };
    case 'second-factor':
      return {
        title: `Retirer le second facteur de ${name}\u00a0?`,
        explanation: 'À faire quand le téléphone est perdu, après vous être assuré que c’est bien la personne qui le demande. Elle se connectera avec son seul mot de passe et pourra l’installer à nouveau.',
        confirm: 'Retirer',
      };
  }
}

const roleExplanations: Readonly<Record<Role, string>> = {
  agent: 'Il ouvre des dossiers et consulte, dans la limite des habilitations auxquelles il est rattaché.',
  responsable: 'Il gère aussi les comptes, les habilitations, les jetons et les réglages du poste.',
  auditeur: 'Il lit, vérifie et exporte tout l’historique, et ne voit aucune donnée d’entreprise.',
  service: 'Ce compte ne se connecte pas à l’écran.',
};

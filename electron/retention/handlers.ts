import type { Handlers } from '../dispatch';
import type { Retention } from './retention';

export function retentionHandlers(retention: Retention): Pick<Handlers, 'retention.preview' | 'retention.run' | 'dossiers.delete'> {
  return {
    'retention.preview': () => retention.terms(),
    'retention.run': async ({ dossierIds }, { session }) => ({ deleted: await retention.deleteDue(session.agent, dossierIds) }),
    'dossiers.delete': async ({ id }, { session }) => {
      await retention.deleteByHand(session.agent, id);
      return null;
    },
  };
}

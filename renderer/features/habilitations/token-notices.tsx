import { Alert, Anchor } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { hasRight, type Role } from '../../../shared/domain/rights';
import { onMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useNow } from '../quota';
import { loadHabilitations, useHabilitations } from './habilitations-store';
import { type TokenNotice, tokenNoticesOf } from './token-notice-words';

/** What the tokens of the agent's habilitations call for, kept up to date while he is signed in. */
export function useTokenNotices(role: Role): readonly TokenNotice[] {
  const habilitations = useHabilitations((state) => state.habilitations);
  const now = useNow();
  useEffect(() => {
    void loadHabilitations();
    return onMain('habilitations.changed', () => void loadHabilitations());
  }, []);
  return tokenNoticesOf(habilitations ?? [], hasRight(role, 'habilitations.manage'), now);
}

/** A notice that was read stays closed until the next threshold. */
export function TokenNotices({ role }: { readonly role: Role }): ReactNode {
  const notices = useTokenNotices(role);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const shown = notices.filter(({ id }) => !read.has(id));
  if (shown.length === 0) return null;
  return (
    <section aria-label="Échéances des jetons" className="notices">
      {shown.map(({ id, habilitationId, tone, message }) => (
        <Alert
          key={id}
          color={tone}
          radius={0}
          px={32}
          py={5}
          withCloseButton
          closeButtonLabel="J’ai lu cet avis"
          onClose={() => setRead((before) => new Set([...before, id]))}
        >
          {message}{' '}
          <Anchor component="button" type="button" fz="inherit" c="inherit" underline="always" onClick={() => navigate({ name: 'habilitation', habilitationId })}>Voir l’habilitation</Anchor>
        </Alert>
      ))}
    </section>
  );
}

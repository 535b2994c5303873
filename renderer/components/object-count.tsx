import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

import { OBJECT_ADVISED_LENGTH, objectAdvice } from '../../shared/domain/justification';

/** The advice comes before the call, not after it. The count changes at each letter: it is read; that it is too high is said, once. */
export function ObjectCount({ object }: { readonly object: string }): ReactNode {
  const advice = objectAdvice(object);
  return (
    <>
      <Text size="xs" c={advice === undefined ? 'dimmed' : 'var(--mantine-color-amber-light-color)'} mt={5}>{advice ?? `${object.trim().length} sur ${OBJECT_ADVISED_LENGTH} caractères conseillés`}</Text>
      <VisuallyHidden role="status">{advice === undefined ? '' : `Objet de plus de ${OBJECT_ADVISED_LENGTH} caractères\u00a0: l’appel reste possible.`}</VisuallyHidden>
    </>
  );
}

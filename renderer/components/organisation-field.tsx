import { TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';

import { useSession } from '../app/session-store';

/** Name that the machine policy writes on every account; null: typed on screen. */
export function useFixedOrganisation(): string | null {
  return useSession((state) => state.start?.fixedOrganisation ?? null);
}

/** Typed, or shown as what the machine policy has fixed. */
export function OrganisationField(props: TextInputProps): ReactNode {
  const fixed = useFixedOrganisation();
  return <TextInput {...props} {...(fixed === null ? {} : { value: fixed, readOnly: true, description: 'Fixé par votre organisation.' })} />;
}

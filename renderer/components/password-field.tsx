import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = Omit<PasswordInputProps, 'label' | 'visibilityToggleButtonProps' | 'visibilityToggleFocusable'> & { readonly label: string };

/** A secret that can be read again as it is typed, from the keyboard too: its button is told by the field it shows. */
export function PasswordField({ label, ...rest }: Props): ReactNode {
  return <PasswordInput label={label} visibilityToggleFocusable visibilityToggleButtonProps={{ 'aria-label': `Afficher la saisie : ${label}` }} {...rest} />;
}

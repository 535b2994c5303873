import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** A dash to the eye, and to the ear the words that it stands for. */
export function NoValue({ words }: { readonly words: string }): ReactNode {
  return (
    <>
      <span aria-hidden>—</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </>
  );
}

import type { ComponentPropsWithoutRef, ReactNode } from 'react';

/** A message is read from its text: named by its own title and described by its own body, as the library does, it is heard twice. A place keeps its name. */
export function drawMessage(props: ComponentPropsWithoutRef<'div'>): ReactNode {
  const titleId = props.role === 'region' ? props['aria-labelledby'] : undefined;
  return <div {...props} aria-labelledby={titleId} aria-describedby={undefined} />;
}

interface DialogProps extends ComponentPropsWithoutRef<'section'> {
  readonly 'data-description'?: string;
}

/** The library describes a dialog by all that it holds, labels, values and buttons in a row: only what it asks is said as it opens. */
export function drawDialog(props: DialogProps): ReactNode {
  return <section {...props} aria-describedby={props['data-description']} />;
}

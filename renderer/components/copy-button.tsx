import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { showFailure } from './toasts';

interface Props {
  readonly text: string;
  readonly label: string;
  /** What is copied, for those who do not see beside what the button stands. */
  readonly what?: string;
  readonly compact?: boolean;
}

/** Puts a text in the clipboard and says so in its own label. */
export function CopyTextButton({ text, label, what, compact = false }: Props): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    const isDone = copyText(text);
    setCopied(isDone);
    if (!isDone) showFailure(new Error('copy refused'));
  };
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Button variant={compact ? 'subtle' : 'default'} size={compact ? 'compact-xs' : 'sm'} style={{ flexShrink: 0 }} leftSection={<Icon size={compact ? 14 : 16} aria-hidden />} onClick={copy} aria-label={what === undefined ? undefined : `${copied ? 'Copié' : label} : ${what}`}>
      <span aria-live="polite">{copied ? 'Copié' : label}</span>
    </Button>
  );
}

/** The window has no permission, clipboard included: only a copy that the agent's own gesture commands passes. */
function copyText(text: string): boolean {
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy);
  }
}

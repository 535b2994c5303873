import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { callMain } from '../app/bridge';
import { showFailure } from './toasts';

/** A page outside, opened in the system's browser by main, which knows the sites that it may open. */
export function ExternalLink({ url, children }: { readonly url: string; readonly children: string }): ReactNode {
  return (
    <Anchor
      component="button"
      type="button"
      fz="inherit"
      underline="always"
      title={url}
      aria-label={`${children} (s’ouvre dans le navigateur)`}
      onClick={() => void callMain('app.openLink', { url }).catch(showFailure)}
    >
      {children}
      <IconExternalLink size={14} aria-hidden style={{ marginLeft: 4, verticalAlign: '-1px' }} />
    </Anchor>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import { valueAt } from '../../../shared/reading';
import { ExternalLink } from '../../components/external-link';

/** Where an agent would look for a file and there is none: why, and the web page that stands for it. */
export function DocumentNote({ endpoint, answer }: { readonly endpoint: Endpoint; readonly answer: Answer }): ReactNode {
  if (endpoint.documentNote === null) return null;
  const page = endpoint.documents.find(({ fetch }) => fetch === 'page');
  const url = page && valueAt({ data: answer.data }, page.link);
  return (
    <Text size="sm" c="dimmed">
      {endpoint.documentNote} {typeof url === 'string' && <ExternalLink url={url}>Ouvrir la page</ExternalLink>}
    </Text>
  );
}

import { Box, NavLink, Stack, Text, Title } from '@mantine/core';
import { memo, type ReactNode } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import { type SectionId, sectionLabels, SECTIONS } from '../../../shared/reading';
import { inReadingOrder, sectionOf } from './endpoint-set';

export interface Section {
  readonly id: SectionId;
  readonly endpoints: readonly Endpoint[];
}

/** Endpoints by section, in the order of the sheet; empty sections are left out. */
export function sectionsOf(endpoints: readonly Endpoint[]): Section[] {
  return SECTIONS.map((id) => ({ id, endpoints: inReadingOrder(endpoints.filter((endpoint) => sectionOf(endpoint) === id)) })).filter(
    (section) => section.endpoints.length > 0,
  );
}

function anchorOf(id: SectionId): string {
  return `section-${id}`;
}

/** Leads to a section and gives it the focus, so that the keyboard goes on from there. */
function goTo(id: SectionId): void {
  const heading = document.getElementById(anchorOf(id));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

export const SectionNav = memo(function SectionNav({ sections, answered }: { readonly sections: readonly Section[]; readonly answered: ReadonlySet<string> }): ReactNode {
  return (
    <Box component="nav" aria-label="Rubriques de la fiche" style={{ position: 'sticky', top: 12, alignSelf: 'start' }} visibleFrom="md" w={230}>
      {sections.map(({ id, endpoints }) => (
        <NavLink
          key={id}
          component="button"
          label={sectionLabels[id]}
          description={`${endpoints.filter((endpoint) => answered.has(endpoint.id)).length} sur ${endpoints.length}`}
          onClick={() => goTo(id)}
        />
      ))}
    </Box>
  );
});

export function SectionBlock({ id, children }: { readonly id: SectionId; readonly children: ReactNode }): ReactNode {
  return (
    <Stack gap="sm" component="section" aria-labelledby={anchorOf(id)}>
      <Title order={2} size="h4" id={anchorOf(id)} tabIndex={-1} style={{ scrollMarginTop: 12, outlineOffset: 4 }}>
        {sectionLabels[id]}
      </Title>
      {children}
    </Stack>
  );
}

/** What the token does not open: named, not called. */
export function ClosedEndpoints({ endpoints }: { readonly endpoints: readonly Endpoint[] }): ReactNode {
  if (endpoints.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      Non ouvert par le jeton de cette habilitation, donc non appelé : {endpoints.map(({ title }) => title).join(', ')}.
    </Text>
  );
}

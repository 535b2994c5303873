import { expect, it } from 'vitest';

import { sandboxRoutes } from '../../../electron/sandbox';
import { endpoints } from '../../../shared/catalogue';

it.each(endpoints.filter(({ version }) => version >= 3))('plays $path with the rights, counter and identifiers of the catalogue', (endpoint) => {
  const route = sandboxRoutes.find(({ path }) => path === endpoint.path);
  expect(route?.pool).toBe(endpoint.pool);
  expect([...(route?.scopes ?? [])].sort()).toEqual([...endpoint.scopes].sort());
  expect(route?.identifier).toEqual({ parameter: endpoint.identifierParameter, kinds: endpoint.identifiers });
});

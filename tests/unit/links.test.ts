import { expect, it } from 'vitest';

import { linkHandlers, OPENABLE_ORIGINS, openableUrl } from '../../electron/links';

const session = { session: {} as never };

it('opens the sites that it knows, by exact origin', async () => {
  const opened: string[] = [];
  const open = linkHandlers(async (url) => void opened.push(url))['app.openLink'];
  for (const origin of OPENABLE_ORIGINS) await open({ url: `${origin}/page?x=1` }, session);
  expect(opened).toEqual([...OPENABLE_ORIGINS].map((origin) => `${origin}/page?x=1`));
});

it.each([
  'http://entreprise.api.gouv.fr/',
  'https://entreprise.api.gouv.fr.example.org/',
  'https://entreprise.api.gouv.fr:8443/',
  'https://entreprise.api.gouv.fr@example.org/',
  'https://agent:secret@entreprise.api.gouv.fr/',
  'https://example.org/https://entreprise.api.gouv.fr/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'entreprise.api.gouv.fr',
])('never opens %s', async (url) => {
  expect(openableUrl(url)).toBeUndefined();
  const open = linkHandlers(async () => expect.unreachable())['app.openLink'];
  await expect(async () => open({ url }, session)).rejects.toMatchObject({ data: { code: 'refused' } });
});

it('says when no browser answers', async () => {
  const open = linkHandlers(() => Promise.reject(new Error('no browser')))['app.openLink'];
  await expect(async () => open({ url: 'https://www.data.gouv.fr/' }, session)).rejects.toMatchObject({ data: { code: 'unavailable' } });
});

import { afterEach, expect, it } from 'vitest';

import { type Sandbox, startSandbox, tokenKeyOf } from '../../../electron/sandbox';
import { call, fakeClock, get, ordinaryCompany } from './support';

const ordinary = ordinaryCompany();
const path = `/v4/dgfip/unites_legales/${ordinary.siren}/attestation_fiscale`;
const sandboxes: Sandbox[] = [];

async function start(options: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  sandboxes.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()));
});

const statuses = async (sandbox: Sandbox, times: number): Promise<readonly number[]> => {
  const seen: number[] = [];
  for (let index = 0; index < times; index += 1) seen.push((await call(sandbox, path)).status);
  return seen;
};

it('refuses the sixth fiscal attestation of a clock minute, and says when to come back', async () => {
  const clock = fakeClock(Date.UTC(2026, 5, 15, 10, 0, 20));
  const sandbox = await start({ clock });
  expect(await statuses(sandbox, 5)).toEqual([200, 200, 200, 200, 200]);
  const refused = await call(sandbox, path);
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    'retry-after': '40',
    'ratelimit-limit': '5',
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(Date.UTC(2026, 5, 15, 10, 1) / 1_000),
  });
  clock.advance(40_000);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

it('counts each token and each pool apart', async () => {
  const sandbox = await start({ clock: fakeClock(), limits: { attestation_fiscale: 1 } });
  expect(await statuses(sandbox, 2)).toEqual([200, 429]);
  expect((await call(sandbox, path, { token: sandbox.tokens.publicProcurement })).status).toBe(200);
  expect((await call(sandbox, `/v4/insee/sirene/unites_legales/${ordinary.siren}`)).status).toBe(200);
});

it('lets a colleague spend the units of the shared token', async () => {
  const sandbox = await start({ clock: fakeClock() });
  sandbox.control.consume({ tokenKey: tokenKeyOf(sandbox.tokens.complete), pool: 'attestation_fiscale', units: 4 });
  expect((await call(sandbox, path)).headers['ratelimit-remaining']).toBe('0');
  expect((await call(sandbox, path)).status).toBe(429);
});

it('silences an address that ignores refusals, until the twelve hours are over', async () => {
  const clock = fakeClock();
  const sandbox = await start({ clock, limits: { attestation_fiscale: 1 }, refusalsBeforeBan: 3 });
  sandbox.control.setBan({ on: false, mode: 'destroy' });
  expect(await statuses(sandbox, 4)).toEqual([200, 429, 429, 429]);
  await expect(call(sandbox, path)).rejects.toThrow();
  clock.advance(12 * 3_600_000);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

it('limits the search to seven calls a second', async () => {
  const clock = fakeClock();
  const sandbox = await start({ clock });
  const search = () => get(`${sandbox.searchUrl}/search?q=ateliers`);
  const answers = await Promise.all(Array.from({ length: 8 }, search));
  expect(answers.filter(({ status }) => status === 429).map(({ headers }) => headers['retry-after'])).toEqual(['1']);
  clock.advance(1_000);
  expect((await search()).status).toBe(200);
});

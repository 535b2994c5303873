import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { type Sandbox, startSandbox } from '../../../electron/sandbox';
import { call, fakeClock, ordinaryCompany } from './support';

const ordinary = ordinaryCompany();
const unit = `/v4/insee/sirene/unites_legales/${ordinary.siren}`;
const clock = fakeClock();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
});
afterEach(() => {
  sandbox.control.clearFaults();
  sandbox.control.setBan({ on: false, mode: 'silence' });
  sandbox.control.resetWindows();
});
afterAll(() => sandbox.close());

async function attestationLink(): Promise<string> {
  const { json } = await call(sandbox, `/v4/dgfip/unites_legales/${ordinary.siren}/attestation_fiscale`);
  return String(json?.data?.['document_url']);
}

async function download(url: string) {
  const { statusCode, headers, body } = await request(url);
  return { status: statusCode, contentType: headers['content-type'], bytes: Buffer.from(await body.arrayBuffer()) };
}

/** A call that nobody answers: it ends only when the caller gives up, once the server has logged it. */
async function isUnanswered(path: string): Promise<boolean> {
  const seen = sandbox.requestLog().length;
  const controller = new AbortController();
  const outcome = request(`${sandbox.apiUrl}${path}`, { signal: controller.signal }).then(
    () => 'answered',
    () => 'given up',
  );
  await expect.poll(() => sandbox.requestLog().length, { interval: 5 }).toBeGreaterThan(seen);
  controller.abort();
  return (await outcome) === 'given up' && sandbox.requestLog().at(-1)?.status === null;
}

it('serves the first half of a PDF, whole as a response and cut as a document', async () => {
  const url = await attestationLink();
  const whole = await download(url);
  sandbox.control.addFault({ path: '/proxy/files', effect: { kind: 'truncated_pdf' }, times: 1 });
  const half = await download(url);
  expect(half.bytes.equals(whole.bytes.subarray(0, Math.floor(whole.bytes.length / 2)))).toBe(true);
  expect([half.status, half.bytes.subarray(0, 5).toString(), half.bytes.includes('%%EOF')]).toEqual([200, '%PDF-', false]);
});

it('serves another content under the same headers', async () => {
  const url = await attestationLink();
  sandbox.control.addFault({ path: '/proxy/files', effect: { kind: 'other_body', text: '%PDF-1.7 autre %%EOF' }, times: 1 });
  const other = await download(url);
  expect([other.contentType, other.bytes.toString()]).toEqual(['application/pdf', '%PDF-1.7 autre %%EOF']);
});

it('announces another type than the content’s', async () => {
  const url = await attestationLink();
  sandbox.control.addFault({ path: '/proxy/files', effect: { kind: 'content_type', contentType: 'image/jpeg' }, times: 1 });
  const lying = await download(url);
  expect([lying.contentType, lying.bytes.subarray(0, 5).toString()]).toEqual(['image/jpeg', '%PDF-']);
});

it('lets a call without any answer when told to be silent', async () => {
  sandbox.control.addFault({ path: unit, effect: { kind: 'silence' }, times: 1 });
  expect(await isUnanswered(unit)).toBe(true);
  expect((await call(sandbox, unit)).status).toBe(200);
});

it('leaves a banned address without any answer, on every route', async () => {
  sandbox.control.setBan({ on: true, mode: 'silence' });
  for (const path of [unit, '/pings', '/privileges']) expect(await isUnanswered(path)).toBe(true);
  clock.advance(12 * 3_600_000);
  expect((await call(sandbox, unit)).status).toBe(200);
});

it('bans an address above a thousand calls a minute, whatever the tokens and pools', async () => {
  const crowded = await startSandbox({ clock, limits: { data: 10_000 } });
  crowded.control.setBan({ on: false, mode: 'destroy' });
  const statuses: number[] = [];
  for (let batch = 0; batch < 10; batch += 1) {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => call(crowded, unit, { token: index % 2 === 0 ? crowded.tokens.complete : null })));
    statuses.push(...answers.map(({ status }) => status));
  }
  // Alone or beside its twin (409), each of the thousand was answered.
  expect(statuses).toHaveLength(1_000);
  expect((await call(crowded, unit)).status).toBe(200);
  await expect(call(crowded, unit)).rejects.toThrow();
  clock.advance(12 * 3_600_000);
  expect((await call(crowded, unit)).status).toBe(200);
  await crowded.close();
});

it('forgets a thousand calls when the minute is over', async () => {
  const crowded = await startSandbox({ clock, ipLimit: 2 });
  for (let minute = 0; minute < 3; minute += 1) {
    expect([(await call(crowded, unit)).status, (await call(crowded, unit)).status]).toEqual([200, 200]);
    clock.advance(60_000);
  }
  await crowded.close();
});

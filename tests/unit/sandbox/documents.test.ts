import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from 'undici';

import { type Sandbox, startSandbox } from '../../../electron/sandbox';
import { call, fakeClock, get, ordinaryCompany } from './support';

const ordinary = ordinaryCompany();
const clock = fakeClock();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
});
afterAll(() => sandbox.close());

async function download(url: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const response = await request(url);
  return { status: response.statusCode, bytes: Buffer.from(await response.body.arrayBuffer()) };
}

async function textOf(bytes: Buffer): Promise<{ readonly pages: number; readonly text: string }> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return { pages: pdf.numPages, text: pages.join('\n') };
}

const field = (data: Record<string, unknown> | undefined, name: string): string => String(data?.[name]);

describe('documents', () => {
  it('prints on the vigilance attestation the code that the answer gives', async () => {
    const { json } = await call(sandbox, `/v4/urssaf/unites_legales/${ordinary.siren}/attestation_vigilance`);
    const code = field(json?.data, 'code_securite');
    const { bytes } = await download(field(json?.data, 'document_url'));
    const { text, pages } = await textOf(bytes);
    expect(code).toHaveLength(15);
    expect(text).toContain(code);
    expect(text).toContain('SPÉCIMEN');
    expect([pages, bytes.length < 300_000]).toEqual([1, true]);
  });

  it('serves accounts in two steps, on several pages, always the same bytes', async () => {
    const { json } = await call(sandbox, `/v3/inpi/rne/unites_legales/open_data/${ordinary.siren}/actes_bilans`);
    const [account] = json?.data?.['bilans'] as readonly { url: string }[];
    const step = await get(account?.url ?? '');
    const first = await download(field(step.json?.data, 'document_url'));
    const { pages, text } = await textOf(first.bytes);
    expect(pages).toBe(3);
    expect(text).toContain(ordinary.name);
    const again = await get(account?.url ?? '');
    expect((await download(field(again.json?.data, 'document_url'))).bytes.equals(first.bytes)).toBe(true);
  });

  it('lets links expire: an empty 404, and a 410 for the two-step ones', async () => {
    const fiscal = await call(sandbox, `/v4/dgfip/unites_legales/${ordinary.siren}/attestation_fiscale`);
    const acts = await call(sandbox, `/v3/inpi/rne/unites_legales/open_data/${ordinary.siren}/actes_bilans`);
    const [act] = acts.json?.data?.['actes'] as readonly { url: string }[];
    clock.advance(86_400_000);
    const expired = await download(field(fiscal.json?.data, 'document_url'));
    expect([expired.status, expired.bytes.length]).toEqual([404, 0]);
    const tooOld = await get(act?.url ?? '');
    expect([tooOld.status, tooOld.json?.errors?.[0]?.code]).toEqual([410, '00403']);
  });

  it('expires links at once when the control says so', async () => {
    const { json } = await call(sandbox, `/v4/dgfip/unites_legales/${ordinary.siren}/attestation_fiscale`);
    sandbox.control.expireLinks();
    expect((await download(field(json?.data, 'document_url'))).status).toBe(404);
  });
});

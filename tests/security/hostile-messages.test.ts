import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dispatch } from '../../electron/dispatch';
import type { ChannelName } from '../../shared/ipc';
import { type TestHost } from '../support/host';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

let host: TestHost;
let workstation: Workstation;
let dossierId: string;

beforeAll(async () => {
  workstation = await openWorkstation();
  ({ host } = workstation);
  dossierId = await workstation.openDossier('299028209');
  await workstation.forgetRequests();
}, 120_000);

afterAll(async () => {
  await closeWorkstation(workstation);
}, 60_000);

const cyclic: Record<string, unknown> = { id: 'x' };
cyclic['itself'] = cyclic;
cyclic['list'] = [cyclic];
const polluting = JSON.parse('{"__proto__":{"polluted":1,"role":"responsable"},"constructor":{"prototype":{"polluted":1}}}') as object;

/** What a page taken over would send; each must be refused in a French sentence. */
const messages: readonly (readonly [string, ChannelName, () => unknown])[] = [
  ['a cycle', 'dossiers.get', () => cyclic],
  ['a cycle inside', 'dossiers.create', () => ({ title: cyclic })],
  ['a prototype', 'dossiers.get', () => polluting],
  ['an identifier with a path', 'consultation.run', () => ({ consultationId: 'c', dossierId, endpointId: 'insee.unite_legale.v4', identifier: '../../v3/insee', parameters: {} })],
  ['an identifier with line ends', 'consultation.run', () => ({ consultationId: 'c', dossierId, endpointId: 'insee.unite_legale.v4', identifier: '299028209\r\nx-injected: 1', parameters: {} })],
  ['a token of a megabyte', 'habilitations.setToken', () => ({ id: 'x', token: `eyJ${'a'.repeat(1_000_000)}.e.s` })],
  ['a title of ten megabytes', 'dossiers.create', () => ({ title: 'a'.repeat(10_000_000) })],
  ['a site that is not known', 'app.openLink', () => ({ url: 'https://exemple.invalid/' })],
  ['a file as a link', 'app.openLink', () => ({ url: 'file:///etc/hostname' })],
  ['a script as a link', 'app.openLink', () => ({ url: 'javascript:alert(1)' })],
  ['a site that looks like a known one', 'app.openLink', () => ({ url: 'https://entreprise.api.gouv.fr@exemple.invalid/' })],
  ['a known site on another port', 'app.openLink', () => ({ url: 'https://entreprise.api.gouv.fr:8443/' })],
  ['a known site in clear', 'app.openLink', () => ({ url: 'http://entreprise.api.gouv.fr/' })],
];

describe('a message made to harm', () => {
  it.each(messages)('(%s) is refused in words, calls nobody, tells nothing', async (_name, channel, message) => {
    const before = host.logLines.length;
    const result = await dispatch(workstation.composition.dispatch, channel, message());
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error.code).not.toBe('internal');
    expect(result.error.message).toMatch(/^[A-ZÉÀ«].{10,}/u);
    expect(result.error.message).not.toMatch(/undefined|\[object|Error|node_modules|\.ts:|eyJ/);
    expect(host.logLines.slice(before)).toEqual([]);
    expect(await workstation.receivedRequests()).toEqual([]);
    expect(host.openedAddresses).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each(['__proto__', 'toString', 'constructor', 'insee.unite_legale.v4/../x'])('that asks for the data %s is refused, and calls nobody', async (endpointId) => {
    const parameters = JSON.parse('{"__proto__":"1","constructor":"1"}') as Record<string, string>;
    expect(await workstation.consult(dossierId, endpointId, '299028209', { parameters })).toMatchObject({ step: 'failed' });
    expect(await workstation.receivedRequests()).toEqual([]);
  });

  it('is stored without what misleads the eye', async () => {
    const id = await workstation.openDossier('299047605', { title: 'Marché\u202egpj.exe\u0000', object: 'MP\u2066-1\r\nx: 1' });
    const { title, object } = await workstation.ask('dossiers.get', { id });
    expect([title, object]).toEqual(['Marchégpj.exe', 'MP-1  x: 1']);
  });

  it.each([['a page', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><!-- %PDF-1.7 %%EOF --></svg>'], ['a program', 'MZ %PDF-1.7 %%EOF'], ['a launcher', '%PDF-1.7 << /S /Launch /F (calc.exe) >> %%EOF']])('or a supplied document that is %s is refused and not kept', async (_name, text) => {
    const piece = { dossierId, identifier: '299028209', fileName: '../../attestation\u202efdp.pdf', bytes: new Uint8Array(Buffer.from(text)) };
    expect((await workstation.refusal('pieces.add', piece)).message).toMatch(/n’a pas été déposé/);
    expect(await workstation.ask('pieces.list', { dossierId })).toEqual([]);
  });
});

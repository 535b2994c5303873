import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dispatch } from '../../electron/dispatch';
import type { LoggedRequest } from '../../electron/sandbox';
import { endpoints } from '../../shared/catalogue';
import type { Agent, Session } from '../../shared/domain/agent';
import { type Role, ROLES, rightsOfRole } from '../../shared/domain/rights';
import { type ChannelName, channels } from '../../shared/ipc';
import { ipcErrorSchema, type IpcResult } from '../../shared/ipc/define';
import { hostileValues, type KnownValues, likelyMessages, spoiledMessages } from '../support/contract-messages';
import { type TestHost } from '../support/host';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const MESSAGES = 100_000;
/** The same messages at each run, so that a red one is a change's own; others are tried with FUZZ_SEED. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_125);
const names = Object.keys(channels) as ChannelName[];
/** Those whom nothing is called for come first: a batch that another starts goes on under who follows. */
const silent: readonly (Role | null)[] = [null, 'auditeur'];
const callers: readonly (Role | null)[] = [...silent, ...ROLES.filter((role) => !silent.includes(role))];
// Hashing channels take less than their share: the others make up for them.
const messagesPerKind = Math.ceil((1.15 * MESSAGES) / names.length / callers.length / 3);

/** Each of these hashes a password or opens a browser's round trip: a handful proves as much as a thousand. */
const slow: ReadonlySet<string> = new Set<ChannelName>(['session.signIn', 'session.unlock', 'session.createFirstAccount', 'session.changePassword', 'agents.create', 'agents.resetPassword']);
const SLOW_MESSAGES = 4;
/** Request ids asked of the journal at once. */
const AUDIT_IDS = 200;

let host: TestHost;
let workstation: Workstation;
let known: KnownValues;

beforeAll(async () => {
  workstation = await openWorkstation();
  ({ host } = workstation);
  const siret = '29902820900011';
  const dossierId = await workstation.openDossier('299028209');
  const answered = await workstation.consult(dossierId, endpoints[0]?.id ?? '', '299028209');
  const consultationId = answered.step === 'answered' ? answered.answer.consultationId : 'none';
  const [habilitation] = await workstation.ask('habilitations.list', undefined);
  const agents = await workstation.ask('agents.list', undefined);
  known = {
    byField: {
      id: [dossierId, habilitation?.id, 'unknown'],
      dossierid: [dossierId],
      habilitationid: [habilitation?.id],
      agentid: agents.map(({ id }) => id),
      consultationid: [consultationId],
      endpointid: endpoints.map(({ id }) => id),
      identifier: ['299028209', siret, '299047605', 'W123456789'],
      recipient: [habilitation?.recipients[0], siret],
      context: [habilitation?.contexts[0]],
    },
    candidates: [siret, '299028209', new Uint8Array(8), new Uint8Array(Buffer.from('%PDF-1.7\n%%EOF'))],
  };
}, 120_000);

afterAll(async () => {
  await closeWorkstation(workstation);
}, 60_000);

function sessionOf(role: Role): Session {
  const own = workstation.composition.dispatch.currentSession();
  if (!own) throw new Error('nobody is signed in');
  const agent: Agent = { ...own.agent, role };
  return { ...own, agent };
}

function mayReach(name: ChannelName, role: Role | null): boolean {
  const { access } = channels[name];
  if (access === 'public') return true;
  return role !== null && (access === 'signed-in' || rightsOfRole[role].has(access));
}

function messagesFor(name: ChannelName): unknown[] {
  const count = slow.has(name) ? SLOW_MESSAGES : messagesPerKind;
  const likely = likelyMessages(channels[name].input, known);
  return [likely, spoiledMessages(likely), hostileValues].flatMap((kind, index) => fc.sample(kind, { numRuns: count, seed: SEED + index }));
}

/** A token, a link to a document: neither crosses to the screen or into the log. */
const SECRET = /eyJ[\w-]{8,}\.|\/proxy\/(files|inpi)/;
/** A place in the code helps nobody but an attacker; the problem report alone shows the technical log. */
const PLACE_IN_CODE = /node_modules|\.ts:\d+/;

/** What is wrong with an answer, in words; null when nothing is. */
function faultOf(name: ChannelName, role: Role | null, result: IpcResult): string | null {
  const text = textOf(result);
  if (SECRET.test(text) || (name !== 'problem.prepare' && PLACE_IN_CODE.test(text))) return `tells too much: ${text.slice(0, 400)}`;
  if (result.ok) return mayReach(name, role) ? null : 'answered to somebody without the right';
  if (!ipcErrorSchema.safeParse(result.error).success) return 'an error that is not one of the contract';
  const { code } = result.error;
  if (code === 'internal') return `an unexpected error: ${host.logLines.at(-1)?.slice(0, 400) ?? 'not logged'}`;
  return mayReach(name, role) || code === 'forbidden' || code === 'not_signed_in' ? null : `${code} said to somebody without the right`;
}

function textOf(result: IpcResult): string {
  return JSON.stringify(result, (_key, value: unknown) => (value instanceof Uint8Array ? `${value.length} bytes` : value));
}

interface Run {
  readonly sent: number;
  readonly answered: number;
  readonly faults: readonly string[];
}

async function fuzz(role: Role | null): Promise<Run> {
  const session = role === null ? null : sessionOf(role);
  const options = { ...workstation.composition.dispatch, currentSession: () => session };
  const faults = new Set<string>();
  let sent = 0;
  let answered = 0;
  for (const name of names) {
    // What opens or ends a session is fuzzed without one: the others need it to stay.
    if (role !== null && name.startsWith('session.')) continue;
    for (const message of messagesFor(name)) {
      const result = await dispatch(options, name, message);
      const fault = faultOf(name, role, result);
      if (fault !== null) faults.add(`${name}: ${fault}`);
      answered += result.ok ? 1 : 0;
      sent += 1;
    }
  }
  return { sent, answered, faults: [...faults] };
}

/** Is the service up: public, without a token, without data; what the diagnostics ask on anybody's behalf. */
function isPing({ path, tokenKey }: LoggedRequest): boolean {
  return tokenKey === null && /^(\/v\d)?\/pings?(\/|$)/.test(path);
}

/** Calls of data, and whatever carried a token. */
async function callsReceived(): Promise<readonly LoggedRequest[]> {
  return (await workstation.receivedRequests()).filter((request) => (request.tokenKey !== null || /^\/v\d/.test(request.path)) && !isPing(request));
}

/** References of the calls that the journal does not know. */
async function untracedCalls(): Promise<readonly string[]> {
  const calls = await callsReceived();
  const unknown: string[] = [];
  for (let first = 0; first < calls.length; first += AUDIT_IDS) {
    const requestIds = calls.slice(first, first + AUDIT_IDS).map(({ requestId }) => requestId);
    unknown.push(...(await workstation.ask('journal.answerAudit', { requestIds })).unknownRequestIds);
  }
  return unknown;
}

describe('messages made from the contract', () => {
  it(`neither break main, nor reach what a role may not, nor make it tell or call (seed ${SEED})`, async () => {
    let sent = 0;
    let answered = 0;
    for (const role of callers) {
      await workstation.forgetRequests();
      const run = await fuzz(role);
      expect.soft(run.faults, `to ${role ?? 'nobody signed in'}`).toEqual([]);
      // A batch that a message started goes on: the outcome of its last call may still be on its way to the journal.
      await expect.poll(untracedCalls, { timeout: 20_000, message: 'calls without a trace' }).toEqual([]);
      // The diagnostics, which an auditor may run, ask what a token opens; nothing of a company.
      const dataCalls = (await callsReceived()).filter(({ path }) => path !== '/privileges');
      if (silent.includes(role)) expect.soft(dataCalls, `for ${role ?? 'nobody signed in'}`).toEqual([]);
      sent += run.sent;
      answered += run.answered;
    }
    expect(sent).toBeGreaterThanOrEqual(MESSAGES);
    expect(answered).toBeGreaterThan(sent / 50);
    expect(host.logLines.filter((line) => SECRET.test(line))).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  }, 600_000);
});

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { z } from 'zod';

import { quotaPools } from '../../../shared/catalogue/pools';
import type { JsonValue } from '../../../shared/domain/json';
import type { RequestListener } from '../server/loopback-server';
import type { PoolId } from '../server/route';
import { emptyReply, jsonReply, sendReply } from '../server/reply';
import type { SandboxControl } from './control';

/** Header that carries the secret of the control address. */
export const CONTROL_HEADER = 'x-sandbox-control';

const poolIds = quotaPools.map(({ id }) => id) as [PoolId, ...PoolId[]];
const pool = z.enum(poolIds);
const effect = z.union([
  z.object({ kind: z.literal('status'), status: z.number().int(), body: z.json().optional() }),
  z.object({ kind: z.enum(['cut', 'html', 'empty', 'silence', 'truncated_pdf']) }),
  z.object({ kind: z.literal('other_body'), text: z.string() }),
  z.object({ kind: z.literal('huge'), megabytes: z.number().positive() }),
  z.object({ kind: z.literal('content_type'), contentType: z.string() }),
]);
const fault = z.object({
  path: z.string(),
  latencyMs: z.number().optional(),
  effect: effect.optional(),
  times: z.number().int().positive().optional(),
});

type Command = (control: SandboxControl, body: unknown) => unknown;

function command<T>(schema: z.ZodType, run: (control: SandboxControl, input: T) => unknown): Command {
  return (control, body) => run(control, schema.parse(body) as T);
}

type Input<K extends keyof SandboxControl> = Parameters<SandboxControl[K]>[0];

/** `METHOD path` → command. */
const commands: Readonly<Record<string, Command>> = {
  'POST /faults': command<Input<'addFault'>>(fault, (control, input) => control.addFault(input)),
  'DELETE /faults': (control) => control.clearFaults(),
  'POST /links/expire': (control) => control.expireLinks(),
  'POST /windows/reset': (control) => control.resetWindows(),
  'POST /windows/consume': command<Input<'consume'>>(
    z.object({ tokenKey: z.string(), pool, units: z.number().int() }),
    (control, input) => control.consume(input),
  ),
  'POST /limits': command<Input<'setLimit'>>(z.object({ pool, limit: z.number().int() }), (control, input) => control.setLimit(input)),
  'POST /ban': command<Input<'setBan'>>(
    z.object({ on: z.boolean(), mode: z.enum(['silence', 'destroy']).optional() }),
    (control, input) => control.setBan(input),
  ),
  'POST /providers': command<Input<'setProviderDown'>>(
    z.object({ provider: z.string(), down: z.boolean() }),
    (control, input) => control.setProviderDown(input),
  ),
  'POST /maintenance': command<Input<'setMaintenance'>>(
    z.object({ provider: z.string(), retryInS: z.number().nullable() }),
    (control, input) => control.setMaintenance(input),
  ),
  'POST /v2': command<Input<'enableV2'>>(z.object({ enabled: z.boolean() }), (control, input) => control.enableV2(input)),
  'GET /requests': (control) => control.requests(),
  'DELETE /requests': (control) => control.clearRequests(),
};

/** The control, over HTTP; refuses whoever does not hold the secret. */
export function createControlServer(control: SandboxControl, secret: string): RequestListener {
  return async (request, response) => {
    if (!holdsSecret(request, secret)) return sendReply(response, emptyReply(403));
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const run = commands[`${request.method ?? 'GET'} ${path}`];
    if (!run) return sendReply(response, emptyReply(404));
    try {
      const result = run(control, await readJson(request));
      sendReply(response, result === undefined ? emptyReply(204) : jsonReply(200, JSON.parse(JSON.stringify(result)) as JsonValue));
    } catch (error) {
      sendReply(response, jsonReply(400, { erreur: error instanceof Error ? error.message : 'commande invalide' }));
    }
  };
}

function holdsSecret(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(String(request.headers[CONTROL_HEADER] ?? ''));
  const expected = Buffer.from(secret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

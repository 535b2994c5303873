import { z } from 'zod';
import { fr } from 'zod/locales';

import type { Session } from '../shared/domain/agent';
import { hasRight } from '../shared/domain/rights';
import type { ChannelName, ChannelOutput, ChannelParsedInput } from '../shared/ipc';
import type { Access, ChannelDefinition, IpcErrorData, IpcResult } from '../shared/ipc/define';
import { startChannels } from '../shared/ipc/start';
import { UntracedError } from './consultation/ports';
import { dataKeySentence } from './data-key-words';
import { readingOf } from './data-given';
import { failure, IpcFailure } from './ipc-failure';
import type { TraceReading } from './reading-trace';
import { DataKeyUnavailableError } from './storage/data-key';

// A rule without words of its own (a length, a format) is told in French too.
z.config(fr());

/** What a handler knows of its caller. */
export interface CallContext {
  /** Present on every channel that is not public. */
  readonly session: Session;
}

export type Handlers = {
  readonly [C in ChannelName]: (input: ChannelParsedInput<C>, context: CallContext) => Promise<ChannelOutput<C>> | ChannelOutput<C>;
};

export interface DispatchOptions {
  readonly handlers: Partial<Handlers>;
  readonly currentSession: () => Session | null;
  /** Resolves once the environment that calls go to answers; only what needs a session waits for it. */
  readonly ready: () => Promise<void>;
  /** Refusals for want of a right are traced. */
  readonly onForbidden: (channelName: string, session: Session | null) => void;
  /** Kept data that is read again is traced before it leaves. */
  readonly traceReading: TraceReading;
  readonly logError: (channelName: string, error: unknown) => void;
}

/** Beyond the first screen's question, the contract is built at its first use: it takes as long as all that a start needs. */
async function definitionOf(name: string): Promise<ChannelDefinition | undefined> {
  if (name === 'session.start') return startChannels[name];
  const { channels } = await import('../shared/ipc');
  return Object.hasOwn(channels, name) ? channels[name as ChannelName] : undefined;
}

/**
 * Everything after the sender check: input schema → session and right → handler → output schema → trace of what is read again.
 * Errors leave as data; an unexpected one leaves without its details.
 */
export async function dispatch(options: DispatchOptions, channelName: unknown, input: unknown): Promise<IpcResult> {
  // The session that it was sent in, read before anything is waited for: no later one answers for it.
  const sentIn = options.currentSession();
  const definition = typeof channelName === 'string' ? await definitionOf(channelName) : undefined;
  if (!definition) return failure('not_found', 'Cette fonction n’existe pas dans cette version : relancez l’application, ou mettez-la à jour.');
  const name = channelName as ChannelName;
  const refusal = refusalOf(name, definition.access, sentIn);
  if (refusal) {
    options.onForbidden(name, sentIn);
    return { ok: false, error: refusal };
  }
  const parsed = z.safeParse(definition.input, input);
  if (!parsed.success) return invalidInput(parsed.error);
  try {
    if (definition.access !== 'public') await options.ready();
    const session = options.currentSession();
    const overtaken = overtakenBy(session, sentIn, name, definition.access);
    if (overtaken) return overtaken;
    const handler = options.handlers[name] as (parsedInput: unknown, context: CallContext) => unknown;
    const value = await handler(parsed.data, { session: session as Session });
    const isForAnother = () => definition.access !== 'public' && isSomebodyElses(session, options.currentSession());
    if (isForAnother()) return sessionChanged();
    const output = z.parse(definition.output, value);
    const reading = readingOf(name, parsed.data, output);
    if (reading && session) await options.traceReading(session, reading);
    return isForAnother() ? sessionChanged() : { ok: true, value: output };
  } catch (error) {
    if (error instanceof IpcFailure) return { ok: false, error: error.data };
    if (error instanceof UntracedError) return failure('unavailable', error.message);
    if (error instanceof DataKeyUnavailableError) return failure('unavailable', dataKeySentence(error));
    options.logError(name, error);
    return failure('internal', "Une erreur inattendue s'est produite. Réessayez ; si elle revient, signalez-la depuis « Diagnostic ».");
  }
}

function refusalOf(name: ChannelName, access: Access, session: Session | null): IpcErrorData | undefined {
  return checkAccess(access, session) ?? checkSecondFactor(name, access, session);
}

/** While it waited, its session may have ended, passed to another agent, or lost the right: it is then too late to obey. */
function overtakenBy(now: Session | null, sentIn: Session | null, name: ChannelName, access: Access): IpcResult | undefined {
  if (access === 'public') return undefined;
  if (now?.agent.id !== sentIn?.agent.id) return sessionChanged();
  const refusal = refusalOf(name, access, now);
  return refusal && { ok: false, error: refusal };
}

function checkAccess(access: Access, session: Session | null): IpcErrorData | undefined {
  if (access === 'public') return undefined;
  if (!session) return { code: 'not_signed_in', message: 'Votre session est fermée : identifiez-vous à nouveau.', field: null };
  if (access === 'signed-in' || hasRight(session.agent.role, access)) return undefined;
  return { code: 'forbidden', message: "Votre profil ne permet pas cette action. Adressez-vous au responsable.", field: null };
}

/** A slow answer must not land in the window of whoever signed in meanwhile. */
function isSomebodyElses(asked: Session | null, now: Session | null): boolean {
  return asked !== null && now !== null && now.agent.id !== asked.agent.id;
}

function sessionChanged(): IpcResult {
  return failure('not_signed_in', 'La session a changé avant la réponse : elle n’est pas affichée. Recommencez dans la vôtre.');
}

/** Until the second factor that the organisation demands is set up, an agent reaches his own session and nothing else. */
function checkSecondFactor(name: ChannelName, access: Access, session: Session | null): IpcErrorData | undefined {
  if (!session?.secondFactorDue || access === 'public' || name.startsWith('session.')) return undefined;
  return { code: 'forbidden', message: 'Votre organisation exige un second facteur : activez-le pour continuer.', field: 'secondFactor' };
}

function invalidInput(error: z.ZodError): IpcResult {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return {
    ok: false,
    error: { code: 'invalid_input', message: issue?.message ?? 'Saisie incorrecte.', field: field === '' ? null : field },
  };
}

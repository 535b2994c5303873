import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { isV2, v2FailureBody, v2Status } from '../v2/replies';
import { v2Routes } from '../v2/routes';
import { AnswerCache, uncachedHeaders } from './cache-headers';
import { answerCall, checkCall } from './data-call';
import { Failure, Moved, platformFailure } from './failure';
import { deliverSpoiled } from './fault-delivery';
import type { RequestListener } from './loopback-server';
import { emptyReply, jsonReply, type Reply, type ReplyHeaders, sendReply } from './reply';
import { createMatcher, type RouteMatch } from './route-matching';
import { routes } from './routes';
import { linkReply, serviceReply } from './service-routes';
import type { SandboxServices } from './services';
import type { WindowState } from './throttle';
import { bearerOf, tokenKeyOf } from './tokens';

/** One request, read once. */
interface Call {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly token: string | null;
  readonly tokenKey: string | null;
  readonly address: string;
  readonly noCache: boolean;
  readonly requestId: string;
}

/** A call, and the time its answer takes. */
interface TimedCall extends Call {
  readonly waitMs: number;
}

/** The API: ban, faults, quotas, checks, then the provider's answer. */
export function createApi(services: SandboxServices, latencyMs: number): RequestListener {
  const { throttle, conditions, log, clock } = services;
  const answerer = new Answerer(services);

  return async (request, response) => {
    const call = readCall(request);
    const at = clock.now();
    const record = (status: number | null): void => {
      const { path, tokenKey, requestId } = call;
      log.add({ method: request.method ?? 'GET', path, query: loggedQuery(call.query), tokenKey, at, status, requestId });
    };
    if (throttle.isBanned(call.address)) {
      record(null);
      if (conditions.banMode === 'destroy') response.destroy();
      return;
    }
    const fault = conditions.takeFault(call.path);
    const reply = await answerer.answer({ ...call, waitMs: fault?.latencyMs ?? latencyMs });
    if (fault?.effect) {
      record(await deliverSpoiled(response, reply, fault.effect));
      return;
    }
    sendReply(response, reply);
    record(reply.status);
  };
}

/** Makes the reply to one call; what runs at the same time is known here. */
class Answerer {
  private readonly match = createMatcher([...routes, ...v2Routes]);
  private readonly cache: AnswerCache;
  private readonly inFlight = new Set<string>();

  constructor(private readonly services: SandboxServices) {
    this.cache = new AnswerCache(() => services.clock.now());
  }

  async answer(call: TimedCall): Promise<Reply> {
    const base = this.baseHeaders(call);
    try {
      return withHeaders(serviceReply(call.path, call.authorization, this.services) ?? (await this.answerWithinQuota(call)), base);
    } catch (error) {
      return withHeaders(failureReply(error, call.path), base);
    }
  }

  private async answerWithinQuota(call: TimedCall): Promise<Reply> {
    const found = this.match(call.path);
    const isLink = call.path.startsWith('/proxy/');
    if (!found && !isLink) return unknownRoute(call.path);
    const counterOwner = isLink ? `links of ${call.address}` : (call.tokenKey ?? 'no token');
    const state = this.services.throttle.count(counterOwner, found?.route.pool ?? 'proxied_files', call.address);
    const headers = rateHeaders(state);
    if (state.refused) return withHeaders(this.tooMany(call.path, state), headers);
    try {
      return withHeaders(found ? await this.answerData(call, found) : await this.answerLink(call), headers);
    } catch (error) {
      return withHeaders(failureReply(error, call.path), headers);
    }
  }

  private async answerLink(call: TimedCall): Promise<Reply> {
    if (call.waitMs > 0) await delay(call.waitMs);
    return (await linkReply(call.path, this.services)) ?? emptyReply(404);
  }

  /** The same token with the same parameters must not run twice at once: 409. */
  private async answerData(call: TimedCall, found: RouteMatch): Promise<Reply> {
    const { services, inFlight, cache } = this;
    const key = `${call.tokenKey ?? ''} ${call.path} ${sortedQuery(call.query)}`;
    checkCall(found, call.token, call.query, services.clock.now());
    if (inFlight.has(key)) throw platformFailure('00015');
    inFlight.add(key);
    try {
      if (call.waitMs > 0) await delay(call.waitMs);
      const answer = answerCall(found, call.query, services);
      return jsonReply(isV2(call.path) ? v2Status(answer) : 200, answer, cache.headers(key, found.route.cache, call.noCache));
    } finally {
      inFlight.delete(key);
    }
  }

  private tooMany(path: string, { endsAtMs }: WindowState): Reply {
    const retryAfterS = Math.max(1, Math.ceil((endsAtMs - this.services.clock.now()) / 1_000));
    return withHeaders(failureReply(platformFailure('00429'), path), { 'Retry-After': String(retryAfterS) });
  }

  /** `Date` follows the sandbox's clock, as `RateLimit-Reset` does. */
  private baseHeaders({ requestId }: Call): ReplyHeaders {
    return { 'X-Request-ID': requestId, Date: new Date(this.services.clock.now()).toUTCString(), ...uncachedHeaders };
  }
}

function rateHeaders({ limit, remaining, endsAtMs }: WindowState): ReplyHeaders {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(endsAtMs / 1_000)),
  };
}

function readCall(request: IncomingMessage): Call {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { authorization } = request.headers;
  // Version 2 also took the token in the query.
  const token = bearerOf(authorization) ?? (isV2(url.pathname) ? url.searchParams.get('token') : null);
  return {
    path: url.pathname,
    query: url.searchParams,
    authorization,
    token,
    tokenKey: token ? tokenKeyOf(token) : null,
    address: request.socket.remoteAddress ?? '',
    noCache: request.headers['cache-control'] === 'no-cache',
    requestId: randomUUID(),
  };
}

/** A known resource under another version is told apart from an unknown address. */
function unknownRoute(path: string): Reply {
  return /^\/v\d+\//.test(path) ? failureReply(platformFailure('00402'), path) : emptyReply(404);
}

function failureReply(error: unknown, path: string): Reply {
  if (error instanceof Moved) return { ...emptyReply(301), headers: { Location: error.location } };
  const failure = error instanceof Failure ? error : platformFailure('00500');
  return jsonReply(failure.status, isV2(path) ? v2FailureBody(failure) : failure.body());
}

function withHeaders(reply: Reply, headers: ReplyHeaders): Reply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function loggedQuery(query: URLSearchParams): string {
  const logged = new URLSearchParams(query);
  logged.delete('token');
  return logged.toString();
}

function sortedQuery(query: URLSearchParams): string {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  return sorted.toString();
}


import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { AnswerCache, uncachedHeaders } from './cache-headers';
import { answerCall, checkCall } from './data-call';
import { Failure, platformFailure } from './failure';
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

/** The API: ban, faults, quotas, checks, then the provider's answer. */
export function createApi(services: SandboxServices, latencyMs: number): RequestListener {
  const { throttle, conditions, log, clock } = services;
  const match = createMatcher(routes);
  const cache = new AnswerCache(() => clock.now());
  const inFlight = new Set<string>();

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
    const waitMs = fault?.latencyMs ?? latencyMs;
    const reply = await answerWithinQuota(call, waitMs);
    if (fault?.effect) {
      record(await deliverSpoiled(response, reply, fault.effect));
      return;
    }
    sendReply(response, reply);
    record(reply.status);
  };

  async function answerWithinQuota(call: Call, waitMs: number): Promise<Reply> {
    const base = baseHeaders(call);
    try {
      const service = serviceReply(call.path, call.authorization, services);
      if (service) return withHeaders(service, base);
      const found = match(call.path);
      const isLink = call.path.startsWith('/proxy/');
      if (!found && !isLink) return withHeaders(unknownRoute(call.path), base);
      const counterOwner = isLink ? `links of ${call.address}` : (call.tokenKey ?? 'no token');
      const pool = found?.route.pool ?? 'proxied_files';
      const state = throttle.count(counterOwner, pool, call.address);
      const headers = { ...base, ...rateHeaders(state) };
      if (state.refused) return withHeaders(tooMany(state), headers);
      return withHeaders(found ? await answerData(call, found, waitMs) : await answerLink(call, waitMs), headers);
    } catch (error) {
      return withHeaders(failureReply(error), base);
    }
  }

  async function answerLink(call: Call, waitMs: number): Promise<Reply> {
    if (waitMs > 0) await delay(waitMs);
    try {
      return (await linkReply(call.path, services)) ?? emptyReply(404);
    } catch (error) {
      return failureReply(error);
    }
  }

  /** The same token with the same parameters must not run twice at once: 409. */
  async function answerData(call: Call, found: RouteMatch, waitMs: number): Promise<Reply> {
    const key = `${call.tokenKey ?? ''} ${call.path} ${sortedQuery(call.query)}`;
    try {
      checkCall(found, call.token, call.query, clock.now());
      if (inFlight.has(key)) return failureReply(platformFailure('00015'));
      inFlight.add(key);
      try {
        if (waitMs > 0) await delay(waitMs);
        const answer = answerCall(found, call.query, services);
        return jsonReply(200, answer, cache.headers(key, found.route.cache, call.noCache));
      } finally {
        inFlight.delete(key);
      }
    } catch (error) {
      return failureReply(error);
    }
  }

  function rateHeaders({ limit, remaining, endsAtMs }: WindowState): ReplyHeaders {
    return {
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(remaining),
      'RateLimit-Reset': String(Math.ceil(endsAtMs / 1_000)),
    };
  }

  function tooMany({ endsAtMs }: WindowState): Reply {
    const retryAfterS = Math.max(1, Math.ceil((endsAtMs - clock.now()) / 1_000));
    return withHeaders(failureReply(platformFailure('00429')), { 'Retry-After': String(retryAfterS) });
  }

  /** `Date` follows the sandbox's clock, as `RateLimit-Reset` does. */
  function baseHeaders({ requestId }: Call): ReplyHeaders {
    return { 'X-Request-ID': requestId, Date: new Date(clock.now()).toUTCString(), ...uncachedHeaders };
  }
}

function readCall(request: IncomingMessage): Call {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { authorization } = request.headers;
  const token = bearerOf(authorization);
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
  return /^\/v\d+\//.test(path) ? failureReply(platformFailure('00402')) : emptyReply(404);
}

function failureReply(error: unknown): Reply {
  const failure = error instanceof Failure ? error : platformFailure('00500');
  return jsonReply(failure.status, failure.body());
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


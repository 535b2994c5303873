import * as oidc from 'openid-client';

import { type Dispatcher, providerFetch } from '../../http';
import type { OidcPolicy } from '../../storage/policy';
import { listenForCallback } from './loopback';
import { OidcSetupError, OidcTimeoutError } from './oidc-failures';

const HTTP_TIMEOUT_SECONDS = 15;
/** Time given to the person in his browser. */
const BROWSER_TIMEOUT_MS = 5 * 60_000;
/** A session being unlocked demands that the person has just proved himself again. */
const FRESH_SIGN_IN_SECONDS = 120;
const DEFAULT_SCOPE = 'openid profile email';

export interface OidcClientDeps {
  readonly policy: OidcPolicy;
  readonly dispatcher: Dispatcher;
  /** Shows the page in the system's browser. */
  readonly openExternal: (url: string) => Promise<void>;
}

export interface OidcRequest {
  readonly signal: AbortSignal;
  /** A sign-in that the browser remembers is not enough. */
  readonly mustProveAgain: boolean;
}

/** Authorization code with PKCE in the system's browser (RFC 8252); resolves to the person's claims. */
export function createOidcClient({ policy, dispatcher, openExternal }: OidcClientDeps) {
  async function discover(signal: AbortSignal): Promise<oidc.Configuration> {
    const issuer = new URL(policy.issuer);
    const config = await oidc.discovery(issuer, policy.clientId, undefined, oidc.None(), {
      [oidc.customFetch]: providerFetch(dispatcher, signal),
      timeout: HTTP_TIMEOUT_SECONDS,
      // The policy admits http:// for a relay on this very machine only.
      execute: issuer.protocol === 'http:' ? [oidc.enableNonRepudiationChecks, oidc.allowInsecureRequests] : [oidc.enableNonRepudiationChecks],
    });
    assertSameOrigin(config.serverMetadata().authorization_endpoint, issuer);
    return config;
  }

  return async function authenticate({ signal, mustProveAgain }: OidcRequest): Promise<Readonly<Record<string, unknown>>> {
    const config = await discover(signal);
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const listener = await listenForCallback(state);
    try {
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: listener.redirectUri,
        scope: policy.scope ?? DEFAULT_SCOPE,
        ...{ state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
        ...(mustProveAgain ? { prompt: 'login', max_age: String(FRESH_SIGN_IN_SECONDS) } : {}),
      });
      await openExternal(address.href);
      const callback = await inTime(listener.callback, signal);
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const tokens = await oidc.authorizationCodeGrant(config, callback, { ...checks, ...(mustProveAgain ? { maxAge: FRESH_SIGN_IN_SECONDS } : {}) });
      return await claimsOf(config, tokens);
    } finally {
      listener.close();
    }
  };
}

async function claimsOf(config: oidc.Configuration, tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers) {
  const claims = tokens.claims();
  if (!claims) throw new Error('no ID token');
  if (!config.serverMetadata().userinfo_endpoint) return claims;
  return { ...claims, ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)) };
}

/** The browser is sent to the issuer's own site, nowhere else. */
function assertSameOrigin(endpoint: string | undefined, issuer: URL): void {
  if (endpoint === undefined || new URL(endpoint).origin !== issuer.origin) throw new OidcSetupError('the sign-in page is not at the issuer');
}

function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new OidcTimeoutError('nobody came back')), BROWSER_TIMEOUT_MS);
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';

export interface Person {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface ProviderOptions {
  /** Runs around the answer to a code. */
  readonly aroundTokens?: (answer: () => Promise<void>) => Promise<void>;
  /** What becomes of a signed identity on its way. */
  readonly alterIdentity?: (idToken: string) => string;
}

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

export const clientId = 'instruire-essai';

/** A real OpenID provider on loopback. */
export async function startProvider(people: readonly Person[], { aroundTokens, alterIdentity }: ProviderOptions = {}) {
  const server = createServer();
  const port = await listen(server);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/connexion'],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'usual_name', 'family_name', 'name', 'siret', 'groups'] },
    cookies: { keys: ['for tests only'] },
    ttl: { IdToken: 600, AccessToken: 60, AuthorizationCode: 30, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_, id) => {
      const person = people.find(({ sub }) => sub === id);
      return person && { accountId: id, claims: async () => ({ sub: id, ...person.claims }) };
    },
  });
  if (aroundTokens) provider.use((context, next) => (context.path === '/token' ? aroundTokens(next) : next()));
  if (alterIdentity) {
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (context.path === '/token' && body?.id_token !== undefined) body.id_token = alterIdentity(body.id_token);
    });
  }
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A browser reduced to what signing in needs: it follows redirections, keeps cookies, fills the two forms. */
export class ScriptedBrowser {
  readonly #cookies = new Map<string, string>();

  async #request(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** Signs this person in from the provider's first page. @returns the address of the application it is sent back to. */
  async signIn(address: string, person: Person | 'abort'): Promise<string> {
    const { origin } = new URL(address);
    let url = address;
    for (let step = 0; step < 20; step += 1) {
      const response = await this.#request(url);
      const next = response.headers.get('location');
      const page = next === null ? await response.text() : '';
      const target = next === null ? await this.#fill(url, page, person) : new URL(next, url).href;
      if (new URL(target).origin !== origin) return target;
      url = target;
    }
    throw new Error('the provider sends round and round');
  }

  async #fill(url: string, page: string, person: Person | 'abort'): Promise<string> {
    if (person === 'abort') {
      const abort = /href="([^"]+\/abort)"/.exec(page)?.[1];
      if (abort === undefined) throw new Error('no way out of this page');
      return new URL(abort, url).href;
    }
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`unexpected page: ${page.slice(0, 300)}`);
    const response = await this.#request(new URL(action, url).href, { prompt, login: person.sub, password: 'x' });
    const next = response.headers.get('location');
    if (next === null) throw new Error('the form led nowhere');
    return new URL(next, url).href;
  }
}

import { get } from 'node:http';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { sendJson, startLoopback } from '../../support/loopback';
import { type Person, ScriptedBrowser, startProvider, type TestProvider } from '../../support/oidc';
import { goodPassword } from '../agents/support';
import { lea, newWorkstation, playedBy, setUpOidc } from './support';

const noEmail: Person = { sub: 'sans-adresse', claims: { name: 'Sans Adresse' } };
const unverified: Person = { sub: 'non-verifie', claims: { email: 'x@ville.example', email_verified: false } };

/** What fetch does not let a page say: the name under which it reaches the address. */
function statusUnderName(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => resolve(response.resume().statusCode)).once('error', reject);
  });
}

/** The same identity for somebody else. */
function renamed(idToken: string): string {
  const [head = '', claims = '', signature = ''] = idToken.split('.');
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), sub: 'somebody-else' };
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider([lea, noEmail, unverified]);
});
afterAll(() => provider.stop());

describe('sign-in at the organisation’s provider', () => {
  it('makes an agent’s account the first time, finds it the next, and traces both', async () => {
    const { oidc, browser, keeper, signIn, accounts, journal } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy(lea);
    const session = await oidc.start();
    expect(session.agent).toMatchObject({ login: 'lea.exemple@ville.example', displayName: 'Léa Exemple', role: 'agent', organisation: 'Ville fictive' });
    expect(keeper.current()).toEqual(session);
    await signIn.signOut();
    const again = await oidc.start();
    expect(again.agent.id).toBe(session.agent.id);
    expect(accounts.list()).toHaveLength(2);
    expect(journal.map(({ event }) => event)).toEqual(['agent.created', 'session.opened', 'session.closed', 'session.opened']);
  });

  it('asks for a code with a challenge, from the issuer’s page, to a loopback address', async () => {
    const { oidc, browser } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy(lea);
    await oidc.start();
    const address = new URL(browser.opened[0] ?? '');
    expect(address.origin).toBe(provider.issuer);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    expect(address.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/connexion$/);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(address.searchParams.get(name)?.length).toBeGreaterThan(20);
  });

  it('keeps the role that the responsable has given', async () => {
    const { oidc, browser, accounts, signIn, responsable } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy(lea);
    const { agent } = await oidc.start();
    await accounts.setRole(responsable, agent.id, 'responsable');
    await signIn.signOut();
    expect((await oidc.start()).agent.role).toBe('responsable');
  });

  it('is refused to a suspended account', async () => {
    const { oidc, browser, accounts, signIn, keeper, responsable, journal } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy(lea);
    const { agent } = await oidc.start();
    await signIn.signOut();
    await accounts.setState(responsable, agent.id, 'suspended');
    await expect(oidc.start()).rejects.toThrow(/suspendu/);
    expect(keeper.current()).toBeNull();
    expect(journal.at(-1)).toMatchObject({ event: 'session.refused', agentId: agent.id });
  });

  it('is refused to an account that a responsable has made one of service', async () => {
    const { oidc, browser, accounts, signIn, keeper, responsable, journal } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy(lea);
    const { agent } = await oidc.start();
    await signIn.signOut();
    await accounts.setRole(responsable, agent.id, 'service');
    await expect(oidc.start()).rejects.toThrow(/ne s’ouvre pas à l’écran/);
    expect(keeper.current()).toBeNull();
    expect(journal.at(-1)).toMatchObject({ event: 'session.refused', agentId: agent.id });
  });

  it('never gives away a local account that bears the same address', async () => {
    const { oidc, browser, accounts, responsable, keeper } = await setUpOidc(provider.issuer);
    await accounts.create(responsable, { login: 'lea.exemple@ville.example', displayName: 'Autre', organisation: 'Ville fictive', role: 'responsable' });
    browser.onPage = playedBy(lea);
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect(keeper.current()).toBeNull();
  });

  it('reopens a locked session only for who proves himself again', async () => {
    const { oidc, browser, keeper } = await setUpOidc(provider.issuer);
    const scripted = new ScriptedBrowser();
    browser.onPage = playedBy(lea, scripted);
    await oidc.start();
    keeper.lock();
    // The browser remembers Léa; somebody takes the demand for a new proof out of the address.
    browser.onPage = async (address) => {
      const url = new URL(address);
      expect(url.searchParams.get('prompt')).toBe('login');
      url.searchParams.delete('prompt');
      url.searchParams.delete('max_age');
      await playedBy(lea, scripted)(url.href);
    };
    await expect(oidc.start()).rejects.toThrow(/ne peut pas être vérifiée/);
    expect(keeper.current()).toBeNull();
    browser.onPage = playedBy(lea, scripted);
    await oidc.start();
    expect(keeper.current()?.agent.login).toBe('lea.exemple@ville.example');
  });
});

describe('a person who is not admitted is told the rule, and it is traced', () => {
  it.each([
    ['domain', { allowedDomains: ['departement.example'] }, lea, /« departement\.example » .* « ville\.example »/],
    ['SIRET', { allowedSirets: ['99900099900019' as never] }, lea, /99900099900019.*99900012800010/],
    ['group', { allowedGroups: ['subventions'] }, lea, /« subventions » .* « marches »/],
    ['unverified e-mail', {}, unverified, /n’a pas été vérifiée/],
    ['no e-mail', {}, noEmail, /adresse électronique/],
  ] as const)('by %s', async (_, lists, person, rule) => {
    const { oidc, browser, keeper, accounts, journal } = await setUpOidc(provider.issuer, lists as object);
    browser.onPage = playedBy(person);
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'refused', message: expect.stringMatching(rule) as string } });
    expect(journal).toMatchObject([{ event: 'session.refused', outcome: 'refused', detail: expect.stringMatching(rule) as string }]);
    expect(accounts.list()).toHaveLength(1);
    expect(keeper.current()).toBeNull();
  });

  it('while one whom every list names is let in', async () => {
    const { oidc, browser } = await setUpOidc(provider.issuer, { allowedDomains: ['VILLE.example'], allowedGroups: ['marches'], allowedSirets: ['99900012800010' as never] });
    browser.onPage = playedBy(lea);
    await expect(oidc.start()).resolves.toMatchObject({ agent: { displayName: 'Léa Exemple' } });
  });

  it('who refuses at the provider is not signed in', async () => {
    const { oidc, browser, journal } = await setUpOidc(provider.issuer);
    browser.onPage = playedBy('abort');
    await expect(oidc.start()).rejects.toThrow(/n’a pas autorisé/);
    expect(journal).toMatchObject([{ event: 'session.refused' }]);
  });
});

describe('an answer that is not the one awaited', () => {
  it('with another state changes nothing: the right one is still taken, once', async () => {
    const { oidc, browser } = await setUpOidc(provider.issuer);
    const statuses: number[] = [];
    browser.onPage = async (address) => {
      const back = new URL(await new ScriptedBrowser().signIn(address, lea));
      const forged = new URL(back);
      forged.searchParams.set('state', 'un-autre-etat');
      for (const url of [forged.href, `${back.origin}/ailleurs`]) statuses.push((await fetch(url)).status);
      statuses.push((await fetch(back, { method: 'POST' })).status, (await fetch(back)).status);
      const second = await fetch(back).then((response) => response.status, () => 'closed');
      expect([410, 'closed']).toContain(second);
    };
    await oidc.start();
    expect(statuses).toEqual([400, 404, 404, 200]);
  });

  it('with a code that has served is refused by the provider, and traced', async () => {
    const { oidc, browser, signIn, keeper, journal } = await setUpOidc(provider.issuer);
    let spent = '';
    browser.onPage = async (address) => {
      const back = await new ScriptedBrowser().signIn(address, lea);
      spent = new URL(back).searchParams.get('code') ?? '';
      await fetch(back);
    };
    await oidc.start();
    await signIn.signOut();
    browser.onPage = async (address) => {
      const { searchParams } = new URL(address);
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code: spent, state: searchParams.get('state') ?? '', iss: provider.issuer }).toString();
      await fetch(back);
    };
    await expect(oidc.start()).rejects.toThrow(/expiré ou déjà servi/);
    expect(keeper.current()).toBeNull();
    expect(journal.at(-1)).toMatchObject({ event: 'session.refused' });
    expect(JSON.stringify(journal)).not.toContain(spent);
  });

  it('under another name than the loopback’s is not taken: a page elsewhere may point its name here', async () => {
    const { oidc, browser } = await setUpOidc(provider.issuer);
    const statuses: (number | undefined)[] = [];
    browser.onPage = async (address) => {
      const back = new URL(await new ScriptedBrowser().signIn(address, lea));
      statuses.push(await statusUnderName(back, 'ailleurs.example'));
      statuses.push(await statusUnderName(back, back.host));
    };
    await oidc.start();
    expect(statuses).toEqual([404, 200]);
  });

  it.each([
    ['that nobody signed', (idToken: string) => `${idToken.slice(0, idToken.lastIndexOf('.'))}.${'A'.repeat(342)}`],
    ['that was changed after it was signed', renamed],
  ])('with an identity %s is refused, and traced', async (_name, alterIdentity) => {
    const relay = await startProvider([lea], { alterIdentity });
    const { oidc, browser, keeper, accounts, journal } = await setUpOidc(relay.issuer);
    browser.onPage = playedBy(lea);
    await expect(oidc.start()).rejects.toThrow(/ne peut pas être vérifiée/);
    expect(keeper.current()).toBeNull();
    expect(accounts.list()).toHaveLength(1);
    expect(journal).toMatchObject([{ event: 'session.refused' }]);
    await relay.stop();
  });

  it('with an identity that is over is refused', async () => {
    const expired = await startProvider([lea], {
      aroundTokens: async (answer) => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
        await answer().finally(() => vi.useRealTimers());
      },
    });
    const { oidc, browser, keeper } = await setUpOidc(expired.issuer);
    browser.onPage = playedBy(lea);
    await expect(oidc.start()).rejects.toThrow(/expiré/);
    expect(keeper.current()).toBeNull();
    await expired.stop();
  });
});

describe('a sign-in that does not end', () => {
  it('does not begin before a responsable has made his account: nobody would rule the workstation', async () => {
    const { oidc, browser, accounts } = newWorkstation(provider.issuer);
    browser.onPage = playedBy(lea);
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect([browser.opened, accounts.list()]).toEqual([[], []]);
  });

  it('does not begin over a session that is open', async () => {
    const { oidc, browser, signIn, keeper } = await setUpOidc(provider.issuer);
    const session = await signIn.signIn('claire', { password: goodPassword });
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect(browser.opened).toEqual([]);
    expect(keeper.current()).toEqual(session);
  });

  it('is cancelled at once, and its late answer finds nobody', async () => {
    const { oidc, browser, keeper, accounts } = await setUpOidc(provider.issuer);
    let address = '';
    browser.onPage = async (page) => {
      address = page;
      oidc.cancel();
    };
    await expect(oidc.start()).rejects.toThrow('La connexion est annulée');
    const back = await new ScriptedBrowser().signIn(address, lea);
    await expect(fetch(back)).rejects.toThrow();
    expect(keeper.current()).toBeNull();
    expect(accounts.list()).toHaveLength(1);
  });

  it('gives way to a new one', async () => {
    const { oidc, browser } = await setUpOidc(provider.issuer);
    let second: Promise<unknown> | undefined;
    browser.onPage = async () => {
      browser.onPage = playedBy(lea);
      second = oidc.start();
    };
    await expect(oidc.start()).rejects.toThrow('La connexion est annulée');
    await expect(second).resolves.toMatchObject({ agent: { role: 'agent' } });
  });

  it('for want of a server says so, and the local sign-in remains', async () => {
    const gone = await startProvider([lea]);
    await gone.stop();
    const { oidc, signIn, keeper } = await setUpOidc(gone.issuer);
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'unavailable', message: expect.stringMatching(/ne répond pas/) as string } });
    await signIn.signIn('claire', { password: goodPassword });
    expect(keeper.current()).not.toBeNull();
  });

  it('because the server stops between the page and the code says so too', async () => {
    const leaving = await startProvider([lea]);
    const { oidc, browser } = await setUpOidc(leaving.issuer);
    browser.onPage = async (address) => {
      const back = await new ScriptedBrowser().signIn(address, lea);
      await leaving.stop();
      await fetch(back);
    };
    await expect(oidc.start()).rejects.toMatchObject({ data: { code: 'unavailable' } });
  });
});

it('the browser is never sent to a page that is not the issuer’s', async () => {
  const relay = await startLoopback((_, response) => {
    const document = { issuer: relay.baseUrl, authorization_endpoint: 'https://ailleurs.example/connexion', token_endpoint: `${relay.baseUrl}/token`, jwks_uri: `${relay.baseUrl}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] };
    sendJson(response, 200, document);
  });
  const { oidc, browser } = await setUpOidc(relay.baseUrl);
  await expect(oidc.start()).rejects.toThrow(/n’est pas sur le site du service d’identification/);
  expect(browser.opened).toEqual([]);
  await relay.close();
});

import { describe, expect, it } from 'vitest';

import { nameOfWay } from '../../../electron/http';
import { createFindWays } from '../../../electron/network';
import type { Settings } from '../../../shared/ipc/settings';

type Way = Pick<Settings, 'proxyMode' | 'proxyUrl' | 'proxyPacUrl' | 'noProxy'>;

function setUp(changes: Partial<Way>, answer = 'PROXY systeme.example:8080; DIRECT') {
  const asked: string[] = [];
  const clock = { now: () => 0, monotonic: () => time };
  let time = 0;
  const ways = createFindWays({
    settings: () => ({ proxyMode: 'system', proxyUrl: null, proxyPacUrl: null, noProxy: [], ...changes }),
    resolveProxy: (url, pacUrl) => {
      asked.push(`${url} ${pacUrl ?? ''}`.trim());
      return Promise.resolve(answer);
    },
    clock,
  });
  const find = async (url: string) => (await ways.findWays(new URL(url))).map(nameOfWay);
  return { asked, find, forget: ways.forget, pass: (ms: number) => void (time += ms) };
}

const SERVICE = 'https://entreprise.exemple.test/v3/x?token=secret';

describe('the way out', () => {
  it('is the system’s unless said otherwise; the system is told the host alone', async () => {
    const { asked, find } = setUp({});
    expect(await find(SERVICE)).toEqual(['systeme.example:8080', 'direct']);
    expect(asked).toEqual(['https://entreprise.exemple.test/']);
  });

  it('is asked again after a while, or once something has changed', async () => {
    const { asked, find, forget, pass } = setUp({});
    await find(SERVICE);
    await find(SERVICE);
    expect(asked).toHaveLength(1);
    pass(30_000);
    await find(SERVICE);
    expect(asked).toHaveLength(2);
    forget();
    await find(SERVICE);
    expect(asked).toHaveLength(3);
  });

  it('is asked of the PAC file that the settings name', async () => {
    const { asked, find } = setUp({ proxyMode: 'pac', proxyPacUrl: 'https://wpad.example/proxy.pac' });
    await find(SERVICE);
    expect(asked).toEqual(['https://entreprise.exemple.test/ https://wpad.example/proxy.pac']);
  });

  it('is the one that was typed in, but for the exceptions', async () => {
    const { asked, find } = setUp({ proxyMode: 'manual', proxyUrl: 'http://proxy.ville.example:3128', noProxy: ['.interne.example'] });
    expect(await find(SERVICE)).toEqual(['proxy.ville.example:3128']);
    expect(await find('https://relais.interne.example/')).toEqual(['direct']);
    expect(asked).toEqual([]);
  });

  it('is direct when nothing is to be asked', async () => {
    const { asked, find } = setUp({ proxyMode: 'direct', proxyUrl: 'http://proxy.ville.example:3128' });
    expect(await find(SERVICE)).toEqual(['direct']);
    expect(asked).toEqual([]);
  });
});

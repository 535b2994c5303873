import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { machineFolder, policyPath, programDataFolder, windowsFolder } from '../../../electron/storage/paths';
import { readPolicy } from '../../../electron/storage/policy';

function read(text: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'instruire-policy-')), 'instruire.policy.json');
  writeFileSync(path, text);
  return readPolicy(path);
}

it('no file is an empty policy; an unreadable one is an error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  expect(readPolicy(join(folder, 'absent.json'))).toEqual({ ok: true, value: {} });
  expect(readPolicy(folder)).toMatchObject({ ok: false });
});

it('a sound policy is read, with a byte order mark too', () => {
  const policy = { organisation: 'Ville fictive', recipient: '99900012800010', environment: 'gateway', gatewayUrl: 'https://relais.example/api/', retentionMonths: 60 };
  expect(read(`\ufeff${JSON.stringify(policy)}`)).toEqual({ ok: true, value: { ...policy, gatewayUrl: 'https://relais.example/api' } });
});

describe('a file that is there but is not a policy', () => {
  const place = (): string => mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  const wordsOf = (path: string): string => {
    const result = readPolicy(path);
    return result.ok ? '' : result.message;
  };
  const written = (bytes: string | Buffer): string => {
    const path = join(place(), 'instruire.policy.json');
    writeFileSync(path, bytes);
    return path;
  };

  it('is not taken for none: a link that leads nowhere, a pipe, a folder', () => {
    const folder = place();
    symlinkSync(join(folder, 'absent.json'), join(folder, 'lien.json'));
    symlinkSync(join(folder, 'boucle.json'), join(folder, 'boucle.json'));
    execFileSync('mkfifo', [join(folder, 'tube.json')]);
    for (const name of ['lien.json', 'boucle.json', 'tube.json', '.']) expect(wordsOf(join(folder, name))).toMatch(/existe mais ne peut pas être lue/);
  });

  it('is followed where a link leads to a policy', () => {
    const folder = place();
    symlinkSync(written('{ "lockAfterMinutes": 5 }'), join(folder, 'lien.json'));
    expect(readPolicy(join(folder, 'lien.json'))).toEqual({ ok: true, value: { lockAfterMinutes: 5 } });
  });

  it('of another encoding is refused: the names in it would be spoilt', () => {
    const text = '{ "organisation": "Ville d’Été" }';
    for (const bytes of [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from('{ "organisation": "Ville d\'Été" }', 'latin1')]) expect(wordsOf(written(bytes))).toMatch(/UTF-8/);
    expect(readPolicy(written(Buffer.from(text)))).toEqual({ ok: true, value: { organisation: 'Ville d’Été' } });
  });

  it('without end is not read', () => {
    expect(wordsOf(written(`{ "organisation": "${'a'.repeat(2 * 1024 * 1024)}" }`))).toMatch(/ne peut pas être lue/);
  });

  it('nested without end is refused', () => {
    expect(wordsOf(written(`${'{"organisation":'.repeat(20_000)}1${'}'.repeat(20_000)}`))).toMatch(/politique du poste/);
  });
});

it('a value that quotes a setting is not that setting again', () => {
  expect(read(JSON.stringify({ organisation: 'dite "recipient": x', lockAfterMinutes: 5 }))).toMatchObject({ ok: true });
});

it.each([
  ['{ "organisation": "Ville",\n}', /JSON correct/],
  ['{\n  "organisation": "Ville",\n  "retentionMonths": 12\n}', /ligne 3, « retentionMonths » : au moins 36 mois/],
  ['{\n  "environnement": "production"\n}', /ligne 2, « environnement » n’est pas un réglage connu/],
  ['{ "environment": "prod" }', /valeurs possibles : sandbox, staging, production, gateway/],
  ['{ "environment": "gateway" }', /vont ensemble/],
  ['{ "gatewayUrl": "https://relais.example" }', /vont ensemble/],
  ['{ "environment": "gateway", "gatewayUrl": "http://relais.example" }', /https:\/\/ est attendue/],
  ['{ "recipient": "12345678901234" }', /SIRET/],
  ['{ "lockAfterMinutes": 1000 }', /ligne 1, « lockAfterMinutes » : 480 au plus/],
  ['{ "lockAfterMinutes": 0 }', /ligne 1, « lockAfterMinutes » : 1 au moins/],
  ['{ "contexts": [] }', /ligne 1, « contexts » : une valeur est attendue/],
  ['{\n  "environment": "sandbox",\n  "environment": "production"\n}', /deux fois le réglage « environment » \(lignes 2 et 3\)/],
  ['{ "oidc": { "issuer": "https://a.example", "clientId": "x", "issuer": "https://b.example" } }', /deux fois le réglage « issuer »/],
  ['{\n "a(b": 1 }', /ligne 2, « a\(b » n’est pas un réglage connu/],
  ['{ "__proto__": { "environment": "production" } }', /« __proto__ » n’est pas un réglage connu/],
  ['{ "constructor": { "prototype": { "updatesAllowed": true } } }', /« constructor » n’est pas un réglage connu/],
  ['[]', /erreurs/],
])('%s is refused with its line and its reason', (text, message) => {
  const result = read(text);
  expect(result.ok ? '' : result.message).toMatch(message);
});

it('takes the key of an organisation that signs its own installers, and nothing that is not one', () => {
  const spki = (type: 'ed25519' | 'x25519'): string => {
    const { publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
    return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  };
  const own = spki('ed25519');
  expect(read(JSON.stringify({ updatesPublicKey: own }))).toEqual({ ok: true, value: { updatesPublicKey: own } });
  for (const wrong of [spki('x25519'), own.slice(0, -4), `${own}\n`, 'clé', '']) {
    const result = read(JSON.stringify({ updatesPublicKey: wrong }));
    expect(result.ok ? '' : result.message).toMatch(/ligne 1, « updatesPublicKey » : une clé publique Ed25519/);
  }
});

it('lies in a folder of the system', () => {
  expect(policyPath('linux')).toBe('/etc/instruire/instruire.policy.json');
  expect(policyPath('darwin')).toBe('/Library/Application Support/Instruire/instruire.policy.json');
  expect(policyPath('win32', 'D:\\Donnees')).toBe('D:\\Donnees\\Instruire\\instruire.policy.json');
});

it('is in the usual place, wherever a variable of the environment would lead', () => {
  expect(programDataFolder('C:\\Users\\lea', (path) => path === 'C:\\ProgramData')).toBe('C:\\ProgramData');
  expect(programDataFolder('D:\\ProgramData', () => false)).toBe('D:\\ProgramData');
  expect(programDataFolder(undefined, () => false)).toBe('C:\\ProgramData');
});

it('asks the registry by the program of Windows itself, wherever a variable of the environment would lead', () => {
  expect(windowsFolder('C:\\Users\\lea', (path) => path === 'C:\\Windows\\System32\\cmd.exe')).toBe('C:\\Windows');
  expect(windowsFolder('D:\\Windows', () => false)).toBe('D:\\Windows');
});

it('shares a folder between the accounts of the machine, apart from the policy that only an administrator sets', () => {
  expect(machineFolder('linux')).toBe('/var/tmp/instruire-poste');
  expect(machineFolder('win32', 'D:\\ProgramData')).toBe('D:\\ProgramData\\Instruire-poste');
  expect(policyPath('win32', 'D:\\ProgramData').startsWith(machineFolder('win32', 'D:\\ProgramData'))).toBe(false);
});

describe('the network in the policy', () => {
  it.each([
    ['{ "proxyMode": "manual" }', /« manual » et proxyUrl vont ensemble/],
    ['{ "proxyMode": "pac" }', /« pac » et proxyPacUrl vont ensemble/],
    ['{ "proxyMode": "auto" }', /valeurs possibles : system, manual, pac, direct/],
    ['{ "proxyUrl": "http://jeanne:secret@proxy.example" }', /sans nom ni mot de passe/],
    ['{ "proxyUrl": "socks://proxy.example" }', /http:\/\/ ou https:\/\//],
    ['{ "clientCertificateKeyFile": "/etc/k.pem" }', /va avec clientCertificateFile/],
    ['{\n "environment": "production",\n "allowedEnvironments": ["sandbox"] }', /ligne 3, « allowedEnvironments » : l’environnement fixé/],
  ])('%s is refused with its reason', (text, message) => {
    const result = read(text);
    expect(result.ok ? '' : result.message).toMatch(message);
    expect(result.ok ? '' : result.message).not.toContain('secret');
  });
});

/** As `reg query HKLM\SOFTWARE\Policies\Instruire /s` prints it. */
const printed = [
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire',
  '    organisation    REG_SZ    Ville fictive d’Été',
  '    lockAfterMinutes    REG_DWORD    0xa',
  '    secondFactorRequired    REG_DWORD    0x1',
  '    proxyMode    REG_SZ    manual',
  '    proxyUrl    REG_SZ    http://proxy.ville.example:3128',
  '    caFiles    REG_MULTI_SZ    C:\\Ville\\racine.pem\\0C:\\Ville\\boitier.pem',
  '    proxyUser    REG_SZ',
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire\\contexts',
  '    1    REG_SZ    MAPA',
  '    2    REG_SZ    Marchés publics',
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire\\oidc',
  '    issuer    REG_SZ    https://identite.ville.example',
  '    clientId    REG_SZ    instruire',
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire\\oidc\\allowedGroups',
  '    1    REG_SZ    marches',
  '',
].join('\r\n');

describe('the registry of Windows (group policy)', () => {
  const absent = join(tmpdir(), 'instruire-no-such-policy.json');
  const from = (...lines: readonly string[]) => () => ['HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire', ...lines].join('\r\n');

  it('is read whole: texts, numbers, yes and no, lists, objects', () => {
    const text = printed.replace(/^ {4}proxyUser.*\r\n/m, '');
    expect(readPolicy(absent, () => text)).toEqual({
      ok: true,
      value: {
        ...{ organisation: 'Ville fictive d’Été', lockAfterMinutes: 10, secondFactorRequired: true, proxyMode: 'manual', proxyUrl: 'http://proxy.ville.example:3128' },
        ...{ caFiles: ['C:\\Ville\\racine.pem', 'C:\\Ville\\boitier.pem'], contexts: ['MAPA', 'Marchés publics'] },
        oidc: { issuer: 'https://identite.ville.example', clientId: 'instruire', allowedGroups: ['marches'] },
      },
    });
  });

  it('an empty value is a fault, not a wish to have none', () => {
    const result = readPolicy(absent, () => printed);
    expect(result.ok ? '' : result.message).toMatch(/registre, « proxyUser »/);
  });

  it('prevails over the file, key by key', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'instruire-policy-')), 'p.json');
    writeFileSync(path, '{ "organisation": "Fichier", "lockAfterMinutes": 5 }');
    expect(readPolicy(path, from('    lockAfterMinutes    REG_DWORD    0x1e'))).toEqual({ ok: true, value: { organisation: 'Fichier', lockAfterMinutes: 30 } });
  });

  it.each([
    ['an unknown setting', from('    environnement    REG_SZ    production'), /registre, « environnement » n’est pas un réglage connu/],
    ['a wrong value', from('    retentionMonths    REG_DWORD    0xc'), /registre, « retentionMonths » : au moins 36 mois/],
    ['neither yes nor no', from('    updatesAllowed    REG_DWORD    0x2'), /registre, « updatesAllowed »/],
    ['what reg does not print', () => 'ERREUR', /registre : vérifiez/],
    ['a spoilt text', from('    organisation    REG_SZ    Ville d\ufffdt\ufffd'), /registre : vérifiez/],
    ['a prototype', from('    __proto__    REG_SZ    x'), /n’est pas un réglage connu/],
    ['a reg that cannot be run', () => { throw new Error('spawn'); }, /registre : vérifiez/],
  ])('%s stops the start with its reason', (_name, registry, message) => {
    const result = readPolicy(absent, registry);
    expect(result.ok ? '' : result.message).toMatch(message);
  });

  it('absent, it changes nothing', () => {
    expect(readPolicy(absent, () => null)).toEqual({ ok: true, value: {} });
  });
});

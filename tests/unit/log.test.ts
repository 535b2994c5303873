import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { makeReadableCode } from '../../electron/agents/readable-code';
import { generateSealKey } from '../../electron/journal';
import { createLogger, type LogLevel, type LoggerOptions, type LogSink, readLogLevel } from '../../electron/log';
import { anonymise } from '../../electron/redaction';

const TOKEN = `eyJ${'a'.repeat(20)}.${'b'.repeat(30)}.${'c'.repeat(20)}`;

function inMemory(): LogSink & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line), recent: (count) => Promise.resolve(lines.slice(-count)) };
}

function logged(error: unknown): string {
  const sink = inMemory();
  createLogger(sink, { now: () => 0 }).error('place', error);
  return sink.lines.join('\n');
}

const RECOVERY_CODE = makeReadableCode();
const DATA_KEY = randomBytes(32).toString('base64');
const SEAL_KEY = generateSealKey().pkcs8.toString('base64');

describe('a line of the log', () => {
  it.each([
    ['a token', TOKEN, TOKEN],
    ['an opaque bearer', 'authorization: Bearer abcdef-opaque', 'abcdef-opaque'],
    ['a token in an address', 'GET /v2/x?user_id=1&token=abcdef-opaque', 'abcdef-opaque'],
    ['a form of the identity provider', 'grant_type=x&refresh_token=hidden-1&client_secret=hidden-2', 'hidden'],
    ['the first field of a form', 'code=a-code&code_verifier=a-verifier', 'a-'],
    ['the account of a proxy', 'connect http://jeanne:motdepasse@proxy.example:3128', 'motdepasse'],
    ['the account of a proxy in a header', 'proxy-authorization: Basic amVhbm5lOm1vdGRlcGFzc2U=', 'amVhbm5l'],
    ['a password in an object', JSON.stringify({ login: 'camille', password: 'quatre mots "sans" rapport' }), 'quatre'],
    ['a password as Node shows it', "{ newPassword: 'quatre mots sans rapport' }", 'quatre'],
    ['a token in an object', '{"accessToken":"opaque-1","token":"opaque-2"}', 'opaque'],
    ['a key in a file of text', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwSECRET\n-----END PRIVATE KEY-----', 'SECRET'],
    ['the key of the seals', `key ${SEAL_KEY}`, SEAL_KEY.slice(24)],
    ['a key of the data', `key ${DATA_KEY} was read`, DATA_KEY],
    ['a second factor', 'otpauth://totp/Instruire:camille?secret=JBSWY3DPEHPK3PXP&issuer=Instruire', 'JBSWY3DPEHPK3PXP'],
    ['a recovery code or a temporary password', `typed ${RECOVERY_CODE}`, RECOVERY_CODE],
    ['a link through the service', 'GET https://entreprise.example/proxy/files/1234-secret', '1234-secret'],
    ['a link to its store', 'GET https://storage.entreprise.api.gouv.fr/siade/1234-secret.zip?x=1', '1234-secret'],
    ['a link to a PDF', 'GET https://ailleurs.example/1234-secret.pdf?signature=s', '1234-secret'],
  ])('never holds %s, in a message, a cause or a text', (_name, text, secret) => {
    for (const error of [text, new Error(text), new Error('outside', { cause: new Error(text) })]) {
      expect(logged(error)).toContain('place');
      expect(logged(error)).not.toContain(secret);
    }
  });

  it('keeps what tells where it broke', () => {
    expect(logged(new Error('the disk refused a write'))).toMatch(/the disk refused a write[\s\S]*log\.test\.ts/);
    expect(logged('node:internal file:///app/main.cjs:12 code 14')).toContain('node:internal file:///app/main.cjs:12 code 14');
  });
});

describe('a text from outside', () => {
  it.each(['\n2026-11-25T19:40:12.123Z info tout va bien', '\r\n2026-11-25T19:40:12.123Z info tout va bien', '\u20282026-11-25T19:40:12.123Z info tout va bien', '\u0085x', '\u001b[2Jx', 'a\u0000b'])('is no entry of its own, and drives no terminal (%j)', (text) => {
    for (const error of [text, new Error(text), new Error('outside', { cause: new Error(text) })]) {
      const [first, ...others] = logged(error).split('\n');
      expect(first).toMatch(/^1970-01-01T00:00:00.000Z error place: /);
      for (const line of others) expect(line).toMatch(/^ {4}/);
      expect(logged(error)).not.toMatch(/[^\P{Cc}\t\n]|[\u2028\u2029]/u);
    }
  });
});

describe('the level', () => {
  const say = (options: LoggerOptions, followed?: LogLevel): string[] => {
    const sink = inMemory();
    const log = createLogger(sink, options);
    if (followed) log.follow(() => followed);
    log.debug('each message');
    log.info('what happens');
    log.error('place', 'what fails');
    return sink.lines.map((line) => line.split(' ')[1] ?? '');
  };

  it('follows the setting, and the one fixed at the start comes first', () => {
    expect(say({})).toEqual(['info', 'error']);
    expect(say({}, 'error')).toEqual(['error']);
    expect(say({}, 'debug')).toEqual(['debug', 'info', 'error']);
    expect(say({ fixedLevel: 'error' }, 'debug')).toEqual(['error']);
  });

  it('is read from its name, and from nothing else', () => {
    expect(readLogLevel('DEBUG')).toBe('debug');
    expect([readLogLevel('everything'), readLogLevel(''), readLogLevel(undefined)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('what leaves the workstation', () => {
  it.each([
    ['a SIREN', 'entreprise 900 000 001, introuvable', '900 000 001'],
    ['a SIRET', 'siret=90000000100017', '90000000100017'],
    ['an association', 'W123456789', 'W123456789'],
    ['an e-mail', 'de camille.riviere@valmont.example', 'riviere'],
    ['a folder of a person', 'ENOENT /home/camille/.config/Instruire/x', 'camille'],
    ['a folder of a person on Windows', 'C:\\Users\\camille\\AppData', 'camille'],
    ['a record', 'document:55555555-5555-4555-8555-555555555555', '55555555-5555'],
    ['a token', TOKEN, TOKEN],
  ])('does not hold %s', (_name, text, hidden) => expect(anonymise(text)).not.toContain(hidden));

  it('holds no run of nine digits, however written', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 20 });
    fc.assert(fc.property(digits, fc.constantFrom('', ' ', '\u202f', '.'), fc.string(), (number, separator, around) => {
      expect(anonymise(`${around} ${number.join(separator)} `)).not.toContain(number.join(separator));
    }));
  });

  it('keeps dates, durations and statuses', () => {
    const line = '2026-11-25T19:40:12.123Z error call: 503 after 1200 ms';
    expect(anonymise(line)).toBe(line);
  });
});

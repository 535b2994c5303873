import { describe, expect, it } from 'vitest';

import { createLogger } from '../../electron/log';

const TOKEN = `eyJ${'a'.repeat(20)}.${'b'.repeat(30)}.${'c'.repeat(20)}`;

function logged(error: unknown): string {
  const lines: string[] = [];
  createLogger((line) => void lines.push(line), () => 0).error('place', error);
  return lines.join('\n');
}

describe('a line of the log', () => {
  it.each([
    ['a token', TOKEN, TOKEN],
    ['an opaque bearer', 'authorization: Bearer abcdef-opaque', 'abcdef-opaque'],
    ['a token in an address', 'GET /v2/x?user_id=1&token=abcdef-opaque', 'abcdef-opaque'],
    ['a form of the identity provider', 'grant_type=x&refresh_token=hidden-1&client_secret=hidden-2', 'hidden'],
    ['the first field of a form', 'code=a-code&code_verifier=a-verifier', 'a-'],
    ['the account of a proxy', 'connect http://jeanne:motdepasse@proxy.example:3128', 'motdepasse'],
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

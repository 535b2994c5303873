import { describe, expect, it } from 'vitest';

import { createPasswordHasher, currentScryptParameters } from '../../../electron/agents/password-hash';
import { checkPassword } from '../../../electron/agents/password-rule';
import { makeReadableCode } from '../../../electron/agents/readable-code';
import { quickScrypt } from './support';

describe('password hash', () => {
  const hasher = createPasswordHasher(quickScrypt);

  it('is verified, salted, and the same for two compositions of one accent', async () => {
    const stored = await hasher.hash('caf\u00e9 du commerce');
    expect(await hasher.verify('cafe\u0301 du commerce', stored)).toBe(true);
    expect(await hasher.verify('cafe du commerce', stored)).toBe(false);
    expect(await hasher.hash('caf\u00e9 du commerce')).not.toBe(stored);
  });

  it('made with other parameters is still verified, and known as outdated', async () => {
    const stored = await createPasswordHasher({ logN: 5, r: 8, p: 1 }).hash('secret de polichinelle');
    expect(await hasher.verify('secret de polichinelle', stored)).toBe(true);
    expect(hasher.isOutdated(stored)).toBe(true);
  });

  it('of nobody matches nothing', async () => {
    expect(await hasher.verify('', undefined)).toBe(false);
  });

  it('costs what OWASP asks for, and works at that cost', async () => {
    expect(currentScryptParameters).toEqual({ logN: 17, r: 8, p: 1 });
    const real = createPasswordHasher();
    expect(await real.verify('girafe violette', await real.hash('girafe violette'))).toBe(true);
  });
});

it('a temporary password satisfies the rule and never repeats', () => {
  const passwords = Array.from({ length: 50 }, makeReadableCode);
  expect(new Set(passwords).size).toBe(50);
  expect(passwords.every((password) => checkPassword(password, 'dany').ok)).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createLinkInbox } from '../../electron/link-inbox';
import { parseDeepLink } from '../../shared/domain/deep-link';
import { madeUpSirens } from '../support/sirens';

const [siren = ''] = madeUpSirens(900_000_001, 1);
const DOSSIER = '33333333-3333-4333-8333-333333333333';

describe('a link of another program', () => {
  it('names a SIREN, a SIRET or a dossier', () => {
    expect(parseDeepLink(`instruire://siren/${siren}`)).toEqual({ kind: 'siren', identifier: siren });
    expect(parseDeepLink('instruire://siret/99900012800010/')).toEqual({ kind: 'siret', identifier: '99900012800010' });
    expect(parseDeepLink(`instruire://dossier/${DOSSIER}`)).toEqual({ kind: 'dossier', dossierId: DOSSIER });
  });

  it.each([
    ['a wrong key', 'instruire://siren/900000002'],
    ['a wrong key of a SIRET', 'instruire://siret/99900012800011'],
    ['another verb', `instruire://consulter/${siren}`],
    ['a query', `instruire://siren/${siren}?tout=1`],
    ['a fragment', `instruire://siren/${siren}#x`],
    ['a path that goes on', `instruire://siren/${siren}/consulter`],
    ['a path that climbs', `instruire://siren/../dossier/${DOSSIER}`],
    ['an account and a port', `instruire://a:b@siren:1/${siren}`],
    ['an encoded digit', `instruire://siren/${siren.slice(0, 8)}%3${siren.slice(8)}`],
    ['digits of another script', `instruire://siren/${'٩'.repeat(9)}`],
    ['spaces', `instruire://siren/${siren} `],
    ['a line break', `instruire://siren/${siren}\n`],
    ['a null', `instruire://siren/${siren}\0`],
    ['a switch behind it', `instruire://siren/${siren} --no-sandbox`],
    ['a quote that closes the argument', `instruire://siren/${siren}" --gpu-launcher=calc "`],
    ['another scheme', `https://siren/${siren}`],
    ['another case', `INSTRUIRE://SIREN/${siren}`],
    ['no authority', `instruire:siren/${siren}`],
    ['a dossier that is not one', 'instruire://dossier/../../etc/passwd'],
    ['a megabyte', `instruire://siren/${'9'.repeat(1_000_000)}`],
  ])('is dropped with %s', (_what, text) => expect(parseDeepLink(text)).toBeNull());

  it('is never anything but those forms, whatever comes', () => {
    const hostile = fc.oneof(fc.anything(), fc.string(), fc.string().map((rest) => `instruire://${rest}`), fc.string().map((rest) => `instruire://siren/${siren}${rest}`));
    fc.assert(
      fc.property(hostile, (text) => {
        const link = parseDeepLink(text);
        if (link === null) return;
        const value = link.kind === 'dossier' ? link.dossierId : link.identifier;
        expect([`instruire://${link.kind}/${value}`, `instruire://${link.kind}/${value}/`]).toContain(text);
      }),
    );
  });
});

describe('the inbox', () => {
  const inboxAfter = (argv: readonly string[]) => {
    const inbox = createLinkInbox();
    inbox.receiveArguments(argv);
    return inbox.take();
  };

  it('takes the one link of a command line, among what the system adds', () => {
    expect(inboxAfter(['/opt/Instruire/instruire', '--allow-file-access', `instruire://siren/${siren}`])).toEqual({ kind: 'siren', identifier: siren });
  });

  it('takes nothing from switches, from several links, or from a hostile one', () => {
    expect(inboxAfter(['instruire', `--lien=instruire://siren/${siren}`])).toBeNull();
    expect(inboxAfter(['instruire', `instruire://siren/${siren}`, `instruire://dossier/${DOSSIER}`])).toBeNull();
    expect(inboxAfter(['instruire', `instruire://siren/${siren}`, 'INSTRUIRE://x'])).toBeNull();
  });

  it('keeps the last one until it is taken, once, and tells that it came', () => {
    const inbox = createLinkInbox();
    let arrivals = 0;
    inbox.onArrival(() => (arrivals += 1));
    inbox.receive(`instruire://siren/${siren}`);
    inbox.receive('instruire://effacer/tout');
    inbox.receive(`instruire://dossier/${DOSSIER}`);
    expect(arrivals).toBe(2);
    expect([inbox.take(), inbox.take()]).toEqual([{ kind: 'dossier', dossierId: DOSSIER }, null]);
  });
});

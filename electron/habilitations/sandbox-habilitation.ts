import { randomUUID } from 'node:crypto';

import type { Siret } from '../../shared/domain/identifiers';
import { USE_CASES, useCaseContexts } from '../../shared/domain/use-case';
import type { Clock } from '../storage/clock';
import type { Secret } from '../storage/secret';
import type { HabilitationStore, StoredHabilitation } from './habilitation-store';
import { readToken, tokenKeyOf } from './token-claims';
import type { TokenStore } from './token-store';

/** SIRET of a body that does not exist: a range in which Insee registers nobody. */
export const SANDBOX_RECIPIENT = '99900012800010' as Siret;

/**
 * Makes sure that the sandbox has its habilitation, open to every agent, with the token that the embedded
 * service takes today. Safe to call at each start.
 */
export function ensureSandboxHabilitation(store: HabilitationStore, tokens: TokenStore, token: Secret, clock: Clock): void {
  const now = new Date(clock.now()).toISOString();
  const claims = readToken(token, 'sandbox', clock.now());
  if (!claims.ok) throw new Error('the sandbox token cannot be read');
  // A responsable may have limited its agents: its token's name still tells it apart.
  const isIts = (one: StoredHabilitation): boolean => one.isForEveryone || (claims.value.uid !== null && tokens.find(one.id, 'current')?.uid === claims.value.uid);
  const found = store.list().find((one) => one.environment === 'sandbox' && isIts(one));
  const id = found?.id ?? randomUUID();
  if (!found) {
    const draft = {
      title: 'Bac à sable — Marchés publics',
      environment: 'sandbox' as const,
      recipients: [SANDBOX_RECIPIENT],
      contexts: [...new Set(USE_CASES.map((useCase) => useCaseContexts[useCase]))],
      useCases: USE_CASES,
    };
    store.insert(id, draft, true, now);
  }
  const kept = tokens.find(id, 'current');
  if (kept?.tokenKey === tokenKeyOf(token) && kept.refusedCode === null) return;
  tokens.save(id, 'current', token, claims.value, now);
}

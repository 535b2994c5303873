import type { Habilitation } from '../../shared/domain/habilitation';

export interface TokenWatchDeps {
  readonly list: () => readonly Pick<Habilitation, 'id' | 'token' | 'hasStagedToken'>[];
  readonly onChange: (habilitationId: string) => void;
}

/**
 * Tells when a token changes state, whatever the cause: pasted, stopped, refused by the service, or simply over.
 * To be asked at short intervals: an expiry is nobody's act.
 */
export function createTokenWatch({ list, onChange }: TokenWatchDeps): { check(): void } {
  let known = states();

  function states(): Map<string, string> {
    return new Map(list().map(({ id, token, hasStagedToken }) => [id, `${token.state} ${hasStagedToken ?? false}`]));
  }

  return {
    check() {
      const before = known;
      known = states();
      for (const [id, state] of known) if (before.get(id) !== state) onChange(id);
    },
  };
}

import { type Checked, invalid, valid } from '../../shared/domain/checked';
import { type Environment, holdsRealTokens } from '../../shared/domain/environment';
import type { SecretCipher } from '../storage/secret-cipher';

/** Below this major version the embedded browser no longer gets security fixes that a real token deserves. */
const OLDEST_TRUSTED_ELECTRON = 30;

export interface Workstation {
  readonly cipherKind: SecretCipher['kind'];
  /** `process.versions.electron`; null outside Electron. */
  readonly electronVersion: string | null;
}

/** Whether a token of this environment may be kept and used here; the staging token is public and always may. */
export function checkWorkstation(environment: Environment, { cipherKind, electronVersion }: Workstation): Checked<null> {
  if (!holdsRealTokens(environment)) return valid(null);
  if (cipherKind === 'unprotected') {
    return invalid(
      'Aucun trousseau de secrets n’est disponible sur ce poste : un jeton réel n’y serait pas protégé. Ouvrez le trousseau du système (sous Linux : GNOME Keyring ou KWallet), puis relancez l’application.',
    );
  }
  if (electronVersion !== null && Number.parseInt(electronVersion, 10) < OLDEST_TRUSTED_ELECTRON) {
    return invalid(
      'Cette installation utilise un moteur de secours trop ancien pour un jeton réel : installez la version officielle de l’application. Le bac à sable et la préproduction restent utilisables.',
    );
  }
  return valid(null);
}

import { transportWords } from '../../../shared/errors';
import { transportErrorOf } from '../../http';

/** What the policy promises and the provider does not hold: the responsable has something to correct. */
export class OidcSetupError extends Error {}
/** Five minutes in the browser without coming back. */
export class OidcTimeoutError extends Error {}

/** openid-client names what went wrong by a code; the cause of a failed request carries the system's. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let one = error; one instanceof Error && codes.length < 5; one = one.cause) {
    codes.push((one as NodeJS.ErrnoException).code ?? one.name);
  }
  return codes;
}

const OUTAGE = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|UND_ERR_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|TimeoutError|OAUTH_TIMEOUT|TransportError)/;

/** The provider cannot be reached, or answers that it is not working: nobody is at fault on this side. */
export function isOutage(error: unknown): boolean {
  if (codesOf(error).some((code) => OUTAGE.test(code))) return true;
  const status = statusOf(error);
  return status !== undefined && (status === 404 || status === 429 || status >= 500);
}

/** What a proxy, a certificate or a page of the network did, in words; null when the provider itself is silent. */
export function networkTrouble(error: unknown): string | null {
  const { failure, problem, certificate } = transportErrorOf(error);
  const words = failure === 'tls' || failure === 'way_out' ? transportWords(problem, certificate) : null;
  return words && `${words.message} ${words.advice}`;
}

function statusOf(error: unknown): number | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one.cause instanceof Response) return one.cause.status;
    if ('status' in one && typeof one.status === 'number') return one.status;
  }
  return undefined;
}

/** A French sentence; what came from outside is never repeated in it. */
export function saysWhy(error: unknown): string {
  const codes = codesOf(error);
  if (codes.includes('OAUTH_AUTHORIZATION_RESPONSE_ERROR')) {
    return error instanceof Error && 'error' in error && error.error === 'access_denied' ? 'Le service d’identification n’a pas autorisé la connexion, ou vous l’avez refusée.' : 'Le service d’identification a refusé la demande de connexion.';
  }
  if (codes.includes('OAUTH_RESPONSE_BODY_ERROR')) return 'Le code de connexion n’est plus valable : il a expiré ou déjà servi.';
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) return 'L’identité reçue a expiré ou l’heure de ce poste est fausse.';
  return 'La réponse du service d’identification ne peut pas être vérifiée.';
}

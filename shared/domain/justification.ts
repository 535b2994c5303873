import { type Checked, invalid, valid } from './checked';
import { parseSiret, type Siret, sirenOf } from './identifiers';

/** The three tracing parameters due with every call (API Entreprise docs, paramètres de traçabilité). */
export interface Justification {
  /** Frame of the call: marchés publics, aides publiques… */
  readonly context: string;
  /** SIRET of the public body entitled to use the data, never the called company's. */
  readonly recipient: Siret;
  /** What ties the call to its case: market number, file number… */
  readonly object: string;
}

/** The documentation advises fewer characters than this; the service does not refuse more. */
export const OBJECT_ADVISED_LENGTH = 50;

export type JustificationField = keyof Justification;

export interface JustificationProblem {
  readonly field: JustificationField;
  readonly message: string;
}

/**
 * Checks what will be sent as justification for a call about `calledIdentifier`.
 * Rules: API Entreprise errors 00201, 00202, 00203, 00210, 00211.
 */
export function checkJustification(
  draft: { readonly context: string; readonly recipient: string; readonly object: string },
  calledIdentifier?: string,
): { readonly justification?: Justification; readonly problems: readonly JustificationProblem[] } {
  const problems: JustificationProblem[] = [];
  const context = draft.context.trim();
  const object = draft.object.trim();
  if (context === '') problems.push({ field: 'context', message: 'Indiquez le contexte de l’appel, par exemple « Marchés publics ».' });
  if (object === '') problems.push({ field: 'object', message: 'Indiquez l’objet de l’appel, par exemple le numéro du marché.' });
  for (const [field, text] of [['context', context], ['object', object]] as const) {
    if (hasControlCharacter(text)) problems.push({ field, message: 'Ce texte contient un caractère invisible : retapez-le.' });
  }
  const recipient = checkRecipient(draft.recipient, calledIdentifier);
  if (!recipient.ok) {
    problems.push({ field: 'recipient', message: recipient.message });
    return { problems };
  }
  return problems.length > 0 ? { problems } : { justification: { context, object, recipient: recipient.value }, problems };
}

/** The recipient is a valid SIRET of another body than the one called. */
export function checkRecipient(text: string, calledIdentifier?: string): Checked<Siret> {
  if (text.trim() === '') return invalid('Indiquez le SIRET de votre administration, destinataire de la donnée.');
  const siret = parseSiret(text);
  if (!siret.ok || !calledIdentifier || !/^\d{9}(\d{5})?$/.test(calledIdentifier)) return siret;
  if (sirenOf(siret.value) === calledIdentifier.slice(0, 9)) {
    return invalid(
      'Le destinataire est l’entreprise appelée elle-même : le service refuse un tel appel. Indiquez le SIRET de l’administration qui instruit le dossier.',
    );
  }
  return valid(siret.value);
}

/** Advice on the object's length, or nothing when it is within what the documentation advises. */
export function objectAdvice(object: string): string | undefined {
  const length = object.trim().length;
  return length > OBJECT_ADVISED_LENGTH
    ? `${length} caractères : la documentation conseille de rester sous ${OBJECT_ADVISED_LENGTH}. L’appel reste possible.`
    : undefined;
}

function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- naming control characters is the purpose here
  return /[\u0000-\u001f\u007f]/.test(text);
}

import { z } from 'zod';

import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import { parseSiret } from '../../../shared/domain/identifiers';
import type { OidcPolicy } from '../../storage/policy';

/** A person as the organisation's identity provider describes him. */
export interface OidcIdentity {
  readonly issuer: string;
  /** Stable and unique at this issuer; the e-mail is neither. */
  readonly subject: string;
  readonly email: string;
  readonly displayName: string;
  readonly siret: string | null;
}

const optionalText = z.string().trim().min(1).optional().catch(undefined);

/** Standard claims, and those of ProConnect (`usual_name`, `siret`). */
const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.email().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  given_name: optionalText,
  usual_name: optionalText,
  family_name: optionalText,
  name: optionalText,
  siret: optionalText,
  groups: z.union([z.array(z.string()), z.string().transform((group) => [group])]).optional().catch(undefined),
});
type Claims = z.infer<typeof claimsSchema>;

/**
 * Who this is, when every list that the organisation has set names him.
 * A refusal is the rule in words, for the person and for the journal.
 */
export function identityOf(rawClaims: unknown, policy: OidcPolicy): Checked<OidcIdentity> {
  const parsed = claimsSchema.safeParse(rawClaims);
  if (!parsed.success) return invalid('Le service d’identification n’a pas dit qui vous êtes (« sub » absent).');
  const claims = parsed.data;
  if (!claims.email) return invalid('Le service d’identification n’a pas transmis votre adresse électronique, qui est nécessaire.');
  if (claims.email_verified === false) return invalid('Votre adresse électronique n’a pas été vérifiée par le service d’identification.');
  const refusal = domainRule(claims.email, policy) ?? siretRule(claims, policy) ?? groupRule(claims, policy);
  if (refusal !== undefined) return invalid(refusal);
  const siret = parseSiret(claims.siret ?? '');
  return valid({
    issuer: policy.issuer,
    subject: claims.sub,
    email: claims.email.toLowerCase(),
    displayName: nameOf(claims, claims.email),
    siret: siret.ok ? siret.value : null,
  });
}

function domainRule(email: string, { allowedDomains }: OidcPolicy): string | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!allowedDomains || allowedDomains.some((one) => one.toLowerCase().replace(/^@/, '') === domain)) return undefined;
  return `Seules les adresses de ${listed(allowedDomains)} sont admises ; la vôtre est de « ${domain} ».`;
}

function siretRule({ siret }: Claims, { allowedSirets }: OidcPolicy): string | undefined {
  const own = siret?.replace(/\s/g, '');
  if (!allowedSirets || allowedSirets.some((one) => one === own)) return undefined;
  return `Seuls les agents des établissements ${listed(allowedSirets)} sont admis ; votre SIRET est ${own ? `« ${own} »` : 'inconnu'}.`;
}

function groupRule({ groups = [] }: Claims, { allowedGroups }: OidcPolicy): string | undefined {
  if (!allowedGroups || groups.some((group) => allowedGroups.includes(group))) return undefined;
  return `Seuls les membres de ${listed(allowedGroups)} sont admis ; ${groups.length === 0 ? 'aucun groupe n’est indiqué pour vous' : `vos groupes : ${listed(groups)}`}.`;
}

function listed(values: readonly string[]): string {
  return values.map((value) => `« ${value} »`).join(', ');
}

function nameOf({ given_name: given, usual_name: usual, family_name: family, name }: Claims, email: string): string {
  const composed = [given, usual ?? family].filter((part) => part !== undefined).join(' ');
  return (composed || name || email).slice(0, 200);
}

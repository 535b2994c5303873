import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { type Checked, invalid, valid } from '../../shared/domain/checked';
import { environmentSchema, siretSchema } from '../../shared/ipc/schemas';

/** Traces are kept this long at least (CGU §2.1). */
export const SHORTEST_RETENTION_MONTHS = 36;

const httpsUrl = z.url({ protocol: /^https$/, error: 'une adresse https:// est attendue' });

/** A relay on this very machine may speak plain HTTP; everything else is https. */
const issuerUrl = z.url({ error: 'une adresse https:// est attendue' }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}, 'une adresse https:// est attendue');

const oidcSchema = z.strictObject({
  issuer: issuerUrl,
  clientId: z.string().min(1),
  /** What is asked of the provider; `openid profile email` by default. */
  scope: z.string().min(1).optional(),
  allowedGroups: z.array(z.string().min(1)).optional(),
  /** What follows the @ of an e-mail address. */
  allowedDomains: z.array(z.string().min(1)).optional(),
  allowedSirets: z.array(siretSchema).optional(),
});
/** The organisation's identity provider; a person must satisfy every list that is given. */
export type OidcPolicy = z.infer<typeof oidcSchema>;

const policySchema = z
  .strictObject({
    organisation: z.string().trim().min(1),
    recipient: siretSchema,
    contexts: z.array(z.string().trim().min(1)).min(1),
    environment: environmentSchema,
    /** Address of the organisation's own relay, without trailing slash; only with environment `gateway`. */
    gatewayUrl: httpsUrl.transform((url) => url.replace(/\/+$/, '')),
    proxyUrl: z.url({ protocol: /^https?$/, error: 'une adresse http:// ou https:// est attendue' }),
    /** PEM files of additional authorities. */
    caFiles: z.array(z.string().min(1)),
    oidc: oidcSchema,
    retentionMonths: z.number().int().min(SHORTEST_RETENTION_MONTHS, `au moins ${SHORTEST_RETENTION_MONTHS} mois de traces sont exigés`),
    /** RFC 3161 authority: only the journal's 32-byte head is sent to it. */
    timestampAuthorityUrl: z.url({ protocol: /^https?$/, error: 'une adresse http:// ou https:// est attendue' }),
    lockAfterMinutes: z.number().int().min(1).max(480),
    secondFactorRequired: z.boolean(),
    /** Version 2 of the service only: a gateway that reads the token in the address instead of the header. */
    v2TokenInQuery: z.boolean(),
  })
  .partial()
  .refine((policy) => (policy.environment === 'gateway') === (policy.gatewayUrl !== undefined), {
    path: ['gatewayUrl'],
    error: 'environment « gateway » et gatewayUrl vont ensemble',
  });

/** What the organisation sets on the machine; none of it can be changed on screen. */
export type MachinePolicy = z.infer<typeof policySchema>;

/**
 * Reads the machine policy; no file is an empty policy. A file that cannot be read or understood is an error that
 * stops the application: going on without it would lift what the organisation has set.
 */
export function readPolicy(path: string): Checked<MachinePolicy> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return valid({});
    return invalid(`La politique du poste (${path}) existe mais ne peut pas être lue : vérifiez ses droits d’accès.`);
  }
  return parsePolicy(text, path);
}

function parsePolicy(text: string, path: string): Checked<MachinePolicy> {
  let content: unknown;
  try {
    // Notepad writes a byte order mark.
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return invalid(`La politique du poste (${path}) n’est pas un fichier JSON correct : vérifiez les virgules, les guillemets et les accolades.`);
  }
  const parsed = policySchema.safeParse(content);
  if (parsed.success) return valid(parsed.data);
  const reasons = parsed.error.issues.flatMap((issue) => reasonsOf(issue, text));
  return invalid(`La politique du poste (${path}) contient des erreurs : ${reasons.join(' ; ')}.`);
}

function reasonsOf(issue: z.core.$ZodIssue, text: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${placeOf(key, text)}« ${key} » n’est pas un réglage connu`);
  }
  const name = issue.path.join('.');
  const key = issue.path.find((part) => typeof part === 'string');
  return [`${placeOf(key, text)}« ${name} » : ${wordsOf(issue)}`];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || /[àâéèêô]|attendu|exigés|ensemble/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `une valeur de type ${issue.expected} est attendue`;
  if (issue.code === 'invalid_value') return `valeurs possibles : ${issue.values.map(String).join(', ')}`;
  return 'valeur incorrecte';
}

/** Line of the key in the file, as a text editor counts them. */
function placeOf(key: string | undefined, text: string): string {
  const index = key === undefined ? -1 : text.indexOf(`"${key}"`);
  return index === -1 ? '' : `ligne ${text.slice(0, index).split('\n').length}, `;
}

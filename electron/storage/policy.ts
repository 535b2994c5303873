import { createPublicKey } from 'node:crypto';

import { z } from 'zod';

import { type Checked, invalid, valid } from '../../shared/domain/checked';
import { environmentSchema, siretSchema } from '../../shared/ipc/schemas';
import { noProxySchema, pacUrlSchema, proxyModeSchema, proxyUrlSchema, proxyUserSchema } from '../../shared/ipc/proxy';
import { linesOf, type PolicyFile, readPolicyFile } from './policy-file';
import { readRegistryPolicy } from './registry-policy';

/** Traces are kept this long at least (CGU §2.1). */
export const SHORTEST_RETENTION_MONTHS = 36;

const httpsUrl = z.url({ protocol: /^https$/, error: 'une adresse https:// est attendue' });

/** A relay on this very machine may speak plain HTTP; everything else is https. */
const issuerUrl = z.url({ error: 'une adresse https:// est attendue' }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}, 'une adresse https:// est attendue');

/** As `node scripts/sign-release.mjs --new-key` prints it: base64 of the SPKI DER. */
const ed25519PublicKey = z.string().refine(isEd25519PublicKey, 'une clé publique Ed25519 en base64 (SPKI) est attendue');

function isEd25519PublicKey(text: string): boolean {
  try {
    const der = Buffer.from(text, 'base64');
    return der.toString('base64') === text && createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

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

const policyShape = {
  organisation: z.string().trim().min(1),
  recipient: siretSchema,
  contexts: z.array(z.string().trim().min(1)).min(1),
  environment: environmentSchema,
  /** Address of the organisation's own relay, without trailing slash; only with environment `gateway`. */
  gatewayUrl: httpsUrl.transform((url) => url.replace(/\/+$/, '')),
  /** Folder of the publisher's signed manifest; none: updates are not looked for. */
  updatesUrl: httpsUrl.transform((url) => (url.endsWith('/') ? url : `${url}/`)),
  /** Whose manifests are believed, in place of the publisher: for an organisation that makes its own packages. */
  updatesPublicKey: ed25519PublicKey,
  /** The only environments that may be chosen on screen. */
  allowedEnvironments: z.array(environmentSchema).min(1),
  proxyMode: proxyModeSchema,
  proxyUrl: proxyUrlSchema,
  proxyPacUrl: pacUrlSchema,
  /** What is reached without the proxy, as in NO_PROXY. */
  noProxy: z.array(noProxySchema),
  /** Name given to the proxy; the password is asked on screen and kept by the keychain. */
  proxyUser: proxyUserSchema,
  /** The only proxies to which the account is given, besides that of `proxyUrl`: nobody confirms another on screen. */
  proxyAccountFor: z.array(proxyUrlSchema),
  /** Files (PEM or DER) of additional authorities. */
  caFiles: z.array(z.string().min(1)),
  /** Shown to the gateway alone: PKCS #12 (.p12, .pfx), or PEM with its key in the next file. */
  clientCertificateFile: z.string().min(1),
  clientCertificateKeyFile: z.string().min(1),
  /** False: new versions are neither looked for nor offered. */
  updatesAllowed: z.boolean(),
  oidc: oidcSchema,
  retentionMonths: z.number().int().min(SHORTEST_RETENTION_MONTHS, `au moins ${SHORTEST_RETENTION_MONTHS} mois de traces sont exigés`),
  /** How long a closed dossier is kept, as the organisation declared it; takes the place of what an habilitation says. */
  dossierRetentionMonths: z.number().int().min(1).max(1_200),
  /** RFC 3161 authority: only the journal's 32-byte head is sent to it. */
  timestampAuthorityUrl: z.url({ protocol: /^https?$/, error: 'une adresse http:// ou https:// est attendue' }),
  lockAfterMinutes: z.number().int().min(1).max(480),
  secondFactorRequired: z.boolean(),
  /** Version 2 of the service only: a gateway that reads the token in the address instead of the header. */
  v2TokenInQuery: z.boolean(),
};

/** Names of all that a machine policy may set. */
export const policyKeys: readonly string[] = Object.keys(policyShape);

const policySchema = z
  .strictObject(policyShape)
  .partial()
  .refine((policy) => (policy.environment === 'gateway') === (policy.gatewayUrl !== undefined), {
    path: ['gatewayUrl'],
    error: 'environment « gateway » et gatewayUrl vont ensemble',
  })
  .refine(({ environment, allowedEnvironments }) => environment === undefined || (allowedEnvironments?.includes(environment) ?? true), {
    path: ['allowedEnvironments'],
    error: 'l’environnement fixé par environment doit en faire partie',
  })
  .refine(({ proxyMode, proxyUrl }) => proxyMode !== 'manual' || proxyUrl !== undefined, { path: ['proxyMode'], error: '« manual » et proxyUrl vont ensemble' })
  .refine(({ proxyMode, proxyPacUrl }) => proxyMode !== 'pac' || proxyPacUrl !== undefined, { path: ['proxyMode'], error: '« pac » et proxyPacUrl vont ensemble' })
  .refine(({ clientCertificateFile, clientCertificateKeyFile }) => clientCertificateKeyFile === undefined || clientCertificateFile !== undefined, {
    path: ['clientCertificateKeyFile'],
    error: 'clientCertificateKeyFile va avec clientCertificateFile',
  });

/** What the organisation sets on the machine; none of it can be changed on screen. */
export type MachinePolicy = z.infer<typeof policySchema>;

/** What `reg query` printed; null where there is no registry, or no such key. */
export type ReadRegistry = () => string | null;

/**
 * Reads the machine policy: the file, then the registry (group policy), which prevails key by key.
 * Neither is an empty policy. One that cannot be read or understood is an error that stops the
 * application: going on without it would lift what the organisation has set.
 */
export function readPolicy(path: string, readRegistry: ReadRegistry = () => null): Checked<MachinePolicy> {
  const file = readPolicyFile(path, [...policyKeys, ...Object.keys(oidcSchema.shape)]);
  if (!file.ok) return file;
  let registry: Readonly<Record<string, unknown>>;
  try {
    registry = readRegistryPolicy(readRegistry() ?? '');
  } catch {
    return invalid('La politique du poste ne peut pas être lue dans le registre : vérifiez la stratégie de groupe « Instruire ».');
  }
  return checkPolicy(file.value, registry, path);
}

function checkPolicy({ content, text }: PolicyFile, registry: Readonly<Record<string, unknown>>, path: string): Checked<MachinePolicy> {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  const parsed = policySchema.safeParse(isObject ? { ...content, ...registry } : content);
  if (parsed.success) return valid(parsed.data);
  const placeOf = (key: string | undefined): string => (key !== undefined && Object.hasOwn(registry, key) ? 'registre, ' : lineOf(key, text));
  const reasons = parsed.error.issues.flatMap((issue) => reasonsOf(issue, placeOf));
  return invalid(`La politique du poste (${path}) contient des erreurs : ${reasons.join(' ; ')}.`);
}

type PlaceOf = (key: string | undefined) => string;

function reasonsOf(issue: z.core.$ZodIssue, placeOf: PlaceOf): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${placeOf(key)}« ${key} » n’est pas un réglage connu`);
  }
  const name = issue.path.join('.');
  const key = issue.path.find((part) => typeof part === 'string');
  return [`${placeOf(key)}« ${name} » : ${wordsOf(issue)}`];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || /attendu|exigés|ensemble/.test(issue.message)) return issue.message;
  if (issue.code === 'too_big' && issue.origin === 'number') return `${issue.maximum} au plus`;
  if (issue.code === 'too_small') return issue.origin === 'number' ? `${issue.minimum} au moins` : 'une valeur est attendue';
  if (issue.code === 'invalid_type') return `une valeur de type ${issue.expected} est attendue`;
  if (issue.code === 'invalid_value') return `valeurs possibles : ${issue.values.map(String).join(', ')}`;
  return 'valeur incorrecte';
}

/** Line of the key in the file, as a text editor counts them. */
function lineOf(key: string | undefined, text: string): string {
  const [line] = key === undefined ? [] : linesOf(key, text);
  return line === undefined ? '' : `ligne ${line}, `;
}

type Rule = readonly [RegExp, string | ((found: string) => string)];

const DOCUMENT_LINK = /\/proxy\/|\/\/storage\.entreprise\.api\.gouv\.fr|\.pdf/i;

// Each pattern reads a run of characters once: a long text costs its length, whatever it is made of.
const SECRETS: readonly Rule[] = [
  // A JWT, wherever it stands.
  [/[\w.-]{20,}/g, (run) => (/\..*\./.test(run) && run.includes('eyJ') ? `${run.slice(0, run.indexOf('eyJ'))}[jeton]` : run)],
  [/(\b(?:bearer|basic)\s+)[\w+/=~.-]+/gi, '$1[jeton]'],
  [/\b((?:(?:access|refresh|id)_token|token|code|code_verifier|client_secret)=)[^&\s"']+/gi, '$1[jeton]'],
  // A field of an object, as JSON or as Node shows it.
  [/(["']?\b(?:password|newPassword|currentPassword|passphrase|secret|clientSecret|client_secret|token|accessToken|refreshToken|idToken)\b["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/gi, '$1"[secret]"'],
  // Keys: as PEM, in base64 (PKCS#8 of the seal, 32 bytes of the data), as an authenticator reads them.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[clé]'],
  [/\bMC4CAQAwBQYDK2V[\w+/=]+/g, '[clé]'],
  [/(?<![\w+/])[A-Za-z0-9+/]{43}=(?![\w=])/g, '[clé]'],
  [/otpauth:\/\/[^\s"']+/gi, '[second facteur]'],
  // Temporary passwords and recovery codes.
  [/\b[a-hj-km-np-z2-9]{4}(?:-[a-hj-km-np-z2-9]{4}){3}\b/g, '[code]'],
  // A proxy's address may carry the account that opens it.
  [/(:\/\/)[^\s/@"']+@/g, '$1[compte]@'],
  // Links to documents open without a token: they are secrets too.
  [/https?:\/\/[^\s"']+/gi, (url) => (DOCUMENT_LINK.test(url) ? '[lien de document]' : url)],
];

/** Takes secrets out of any text. */
export function redact(text: string): string {
  return replaceAll(text, SECRETS);
}

const IDENTIFYING: readonly Rule[] = [
  [/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[adresse électronique]'],
  // The folder of a person's files bears his name.
  [/(\/(?:home|Users)\/)[^/\s:"']+/g, '$1[compte]'],
  [/(\b[A-Z]:\\(?:Users|Utilisateurs)\\)[^\\\s:"']+/gi, '$1[compte]'],
  // SIREN, SIRET, VAT and association numbers, spaced or not, and the names of sealed files and records.
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '[identifiant]'],
  [/\bW\d{9}\b/g, '[numéro]'],
  [/(?<!\d)\d(?:[\s\u00a0\u202f.]?\d){8,}(?!\d)/g, '[numéro]'],
];

/** Takes out, beside secrets, what tells of a company or of a person: for what leaves the workstation. */
export function anonymise(text: string): string {
  return replaceAll(redact(text), IDENTIFYING);
}

function replaceAll(text: string, rules: readonly Rule[]): string {
  return rules.reduce((replaced, [pattern, by]) => (typeof by === 'string' ? replaced.replace(pattern, by) : replaced.replace(pattern, by)), text);
}

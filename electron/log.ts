/** Where log lines go; a file in the product, the terminal in development. */
export type LogSink = (line: string) => void;

export interface Logger {
  info(message: string): void;
  error(place: string, error: unknown): void;
}

const SECRETS: readonly [RegExp, string][] = [
  // A JWT, wherever it stands.
  [/eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[jeton]'],
  [/(bearer\s+)\S+/gi, '$1[jeton]'],
  [/\b((?:(?:access|refresh|id)_token|token|code|code_verifier|client_secret)=)[^&\s"']+/gi, '$1[jeton]'],
  // A proxy's address may carry the account that opens it.
  [/(:\/\/)[^\s/@"']+@/g, '$1[compte]@'],
  // Links to documents open without a token: they are secrets too.
  [/https?:\/\/[^\s"']*\/proxy\/[^\s"']+/gi, '[lien de document]'],
  [/https?:\/\/storage\.entreprise\.api\.gouv\.fr[^\s"']*/gi, '[lien de document]'],
  [/https?:\/\/[^\s"']*\.pdf[^\s"']*/gi, '[lien de document]'],
];

/** Takes secrets out of any text, here and not at the place that logs. */
export function redact(text: string): string {
  return SECRETS.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

export function createLogger(sink: LogSink, now: () => number = Date.now): Logger {
  const write = (level: string, text: string): void => sink(`${new Date(now()).toISOString()} ${level} ${redact(text)}`);
  return {
    info: (message) => write('info', message),
    error: (place, error) => write('error', `${place}: ${describe(error)}`),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (cause: ${error.cause.message})` : '';
  return `${error.stack ?? error.message}${cause}`;
}

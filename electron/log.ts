import { redact } from './redaction';

/** Where log lines go: files in the product, memory in tests. */
export interface LogSink {
  readonly write: (line: string) => void;
  /** The last lines, oldest first. */
  readonly recent: (lineCount: number) => Promise<readonly string[]>;
}

/** From the quietest to the most talkative. */
const LOG_LEVELS = ['error', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  error(place: string, error: unknown): void;
  /** Follows a setting from now on; a level fixed when the logger was made stays. */
  follow(level: () => LogLevel): void;
  readonly recent: LogSink['recent'];
}

export interface LoggerOptions {
  readonly now?: () => number;
  /** Comes before any setting. */
  readonly fixedLevel?: LogLevel | undefined;
}

/** A line that something made endless must not fill the disk. */
const LONGEST_LINE = 16_384;
const CONTROLS = /[^\P{Cc}\t\n]|[\u2028\u2029]/gu;

/** Secrets are taken out here and not at the place that logs. */
export function createLogger(sink: LogSink, { now = Date.now, fixedLevel }: LoggerOptions = {}): Logger {
  let chosen: () => LogLevel = () => 'info';
  const write = (level: LogLevel, text: () => string): void => {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(fixedLevel ?? chosen())) return;
    sink.write(`${new Date(now()).toISOString()} ${level} ${inOneEntry(redact(text()).slice(0, LONGEST_LINE))}`);
  };
  return {
    debug: (message) => write('debug', () => message),
    info: (message) => write('info', () => message),
    error: (place, error) => write('error', () => `${place}: ${describe(error)}`),
    follow: (level) => {
      chosen = level;
    },
    recent: sink.recent,
  };
}

/** What comes from outside begins no line of its own: it could be taken for another entry, and drives no terminal. */
function inOneEntry(text: string): string {
  return text.replace(CONTROLS, '\ufffd').replaceAll('\n', '\n    ');
}

/** Undefined for anything but the name of a level. */
export function readLogLevel(text: string | undefined): LogLevel | undefined {
  return LOG_LEVELS.find((level) => level === text?.toLowerCase());
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (cause: ${error.cause.message})` : '';
  return `${error.stack ?? error.message}${cause}`;
}

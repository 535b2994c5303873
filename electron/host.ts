import type { DeepLink } from '../shared/domain/deep-link';
import type { Environment } from '../shared/domain/environment';
import type { EventName, EventPayload } from '../shared/ipc';
import type { Clock } from './storage/clock';
import type { ReadRegistry } from './storage/policy';
import type { SecretCipher } from './storage/secret-cipher';
import type { SettingsFile } from './storage/settings';
import type { Logger } from './log';

/** What the composition needs from the system around it: Electron in the product, plain Node in tests. */
export interface Host {
  readonly userDataPath: string;
  readonly temporaryPath: string;
  /** Folder that every session of this machine shares. */
  readonly machinePath: string;
  readonly policyPath: string;
  /** What the organisation's group policy has put in the registry; absent where there is none. */
  readonly readRegistry?: ReadRegistry;
  /** Proxies for an address, as the system or a PAC file names them (`PROXY a:8080; DIRECT`). */
  readonly resolveProxy: (url: string, pacUrl: string | null) => Promise<string>;
  readonly workstation: string;
  readonly appVersion: string;
  /** Null outside Electron. */
  readonly electronVersion: string | null;
  readonly clock: Clock;
  readonly log: Logger;
  /** The OS keychain first, when there is one. */
  readonly ciphers: readonly [SecretCipher, ...SecretCipher[]];
  readonly settingsFile: SettingsFile;
  /** Built script of a worker thread. */
  readonly workerPath: (name: 'sandbox-worker' | 'journal-worker' | 'pdf-text-worker') => string;
  readonly notify: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  /** Null when the agent closed the dialog. */
  readonly askOpenPath: (kind: { readonly label: string; readonly extensions: readonly string[] }) => Promise<string | null>;
  /** Closes the application in order, then opens it again. */
  readonly restart: () => void;
  readonly openPath: (path: string) => Promise<void>;
  /** Hands a file over to the drag that the agent has begun in the window. */
  readonly startDrag: (path: string) => void;
  /** The system's print dialog on what the window shows in print; false when the agent gave up. */
  readonly print: () => Promise<boolean>;
  /** What the window shows in print, as PDF. */
  readonly printToPdf: () => Promise<Buffer>;
  /** Tests reach the embedded service's control through this; the packed application ignores it. */
  readonly onSandboxReady: (control: { readonly controlUrl: string; readonly controlSecret: string }) => void;
  /** Progress on the task bar, 0 to 1; null: none. */
  readonly showProgress: (fraction: number | null) => void;
  /** A notification of the system; what it says must bear being read by passers-by. */
  readonly notifyUser: (notice: { readonly title: string; readonly body: string }) => void;
  /** Keeps the machine from falling asleep; the screen may. */
  readonly keepAwake: (isWanted: boolean) => void;
  /** Length of the embedded service's windows when tests shorten them. */
  readonly quotaWindowMs?: number;
  /** The last link that another program sent, once. */
  readonly takeLink: () => DeepLink | null;
  /** Shows a page in the system's browser. */
  readonly openExternal: (url: string) => Promise<void>;
}

export const API_BASE_URLS: Readonly<Record<Extract<Environment, 'staging' | 'production'>, string>> = {
  staging: 'https://staging.entreprise.api.gouv.fr',
  production: 'https://entreprise.api.gouv.fr',
};

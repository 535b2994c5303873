import { type Settings, settingsSchema } from '../../shared/ipc/settings';

/** Where settings are kept: one JSON file, replaced as a whole. */
export interface SettingsFile {
  /** What was last written, whatever it has become since; undefined on the first start. */
  read(): unknown;
  write(content: SettingsContent): void;
}

export interface SettingsContent {
  readonly version: number;
  readonly settings: Settings;
}

const SETTINGS_VERSION = 1;

export const defaultSettings: Settings = {
  colorScheme: 'auto', longTimeouts: false, lockAfterMinutes: 15, useV2: false, firstStepsDone: [], tours: [], logLevel: 'info',
  environment: 'sandbox',
  organisation: null,
  recipient: null,
  contexts: [],
  proxyMode: 'system',
  proxyUrl: null,
  proxyPacUrl: null,
  noProxy: [],
  proxyUser: null,
  proxyAccountFor: [],
};

export interface SettingsPort {
  get(): Settings;
  update(changes: Partial<Settings>): Settings;
  /** Names that the machine policy has set: they cannot be changed on screen. */
  readonly lockedKeys: ReadonlySet<keyof Settings>;
}

/** Settings of this workstation; what the machine policy sets comes first, whatever the file says. */
export function createSettings(file: SettingsFile, policySettings: Partial<Settings> = {}): SettingsPort {
  let own = migrate(file.read());
  return {
    lockedKeys: new Set(Object.keys(policySettings) as (keyof Settings)[]),
    get: () => ({ ...own, ...policySettings }),
    update(changes) {
      const next = settingsSchema.parse({ ...own, ...changes });
      file.write({ version: SETTINGS_VERSION, settings: next });
      own = next;
      return { ...own, ...policySettings };
    },
  };
}

/** The settings in force, and which of them the organisation has set. */
export function viewOfSettings(settings: SettingsPort) {
  return { ...settings.get(), lockedKeys: [...settings.lockedKeys] };
}

/** Whether a later version of the application wrote the file. */
export function areSettingsNewer(file: SettingsFile): boolean {
  const content = file.read();
  const version = isRecord(content) ? content['version'] : undefined;
  return typeof version === 'number' && version > SETTINGS_VERSION;
}

/** Reads any earlier or damaged content: each setting that still makes sense is kept, the others take their default. */
function migrate(content: unknown): Settings {
  const stored: unknown = isRecord(content) ? content['settings'] : undefined;
  if (!isRecord(stored)) return defaultSettings;
  const kept = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(stored[key]);
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  return settingsSchema.parse({ ...defaultSettings, ...Object.fromEntries(kept) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { environmentLabels } from '../../shared/domain/environment';
import { formatIdentifier } from '../../shared/domain/identifiers';
import { logLevelLabels, proxyModeLabels } from '../../shared/domain/setting-words';
import type { Settings } from '../../shared/ipc/settings';

/** What each agent chooses for himself; the rest commits the organisation and belongs to a responsable. */
const personalKeys = ['colorScheme', 'firstStepsDone', 'tours'] as const satisfies readonly (keyof Settings)[];
const personalSettings: ReadonlySet<keyof Settings> = new Set(personalKeys);
type SharedKey = Exclude<keyof Settings, (typeof personalKeys)[number]>;

export function isShared<K extends keyof Settings>(key: K): key is K & SharedKey {
  return !personalSettings.has(key);
}

/** How a setting is called, and how its value is said; null when it says nothing. */
type Words = { readonly [K in SharedKey]: { readonly name: string; readonly say: (value: Settings[K]) => string | null } };

const asIs = (value: string | null): string | null => value;
const yesNo = (value: boolean): string => (value ? 'oui' : 'non');
const listed = (values: readonly string[]): string => values.join(', ');

const vocabulary: Words = {
  longTimeouts: { name: 'attente longue des fournisseurs lents', say: yesNo },
  lockAfterMinutes: { name: 'verrouillage après inactivité', say: (minutes) => `${minutes}\u00a0minute${minutes > 1 ? 's' : ''}` },
  useV2: { name: 'version 2 d’API Entreprise', say: yesNo },
  environment: { name: 'environnement, au prochain démarrage', say: (environment) => environmentLabels[environment] },
  organisation: { name: 'organisation', say: asIs },
  recipient: { name: 'destinataire', say: (siret) => siret && formatIdentifier(siret) },
  contexts: { name: 'contextes', say: listed },
  proxyMode: { name: 'proxy', say: (mode) => proxyModeLabels[mode] },
  proxyUrl: { name: 'adresse du proxy', say: asIs },
  proxyPacUrl: { name: 'fichier de configuration du proxy', say: asIs },
  noProxy: { name: 'adresses sans proxy', say: listed },
  proxyUser: { name: 'nom d’utilisateur du proxy', say: asIs },
  proxyAccountFor: { name: 'proxys à qui le compte est donné', say: listed },
  logLevel: { name: 'journal technique', say: (level) => logLevelLabels[level] },
};

/** « proxy : Comme le système → Sans proxy », as the settings screen says it. */
export function changeWords<K extends SharedKey>(key: K, before: Settings, after: { readonly [N in K]?: Settings[N] | undefined }): string {
  const { name, say } = vocabulary[key];
  const said = (value: Settings[K] | undefined): string => (value === undefined ? null : say(value)) || 'aucun';
  return `${name}\u00a0: ${said(before[key])} → ${said(after[key])}`;
}

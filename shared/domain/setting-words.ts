/** `pac`: by an automatic configuration file; `direct`: never through a proxy. */
export const PROXY_MODES = ['system', 'manual', 'pac', 'direct'] as const;

export const proxyModeLabels: Readonly<Record<(typeof PROXY_MODES)[number], string>> = {
  system: 'Comme le système',
  manual: 'Proxy indiqué ici',
  pac: 'Fichier de configuration automatique (PAC)',
  direct: 'Sans proxy',
};

export const COLOR_SCHEMES = ['auto', 'light', 'dark'] as const;

/** What the technical log tells, from errors alone to each message of the window. */
export const LOG_LEVELS = ['error', 'info', 'debug'] as const;

export const logLevelLabels: Readonly<Record<(typeof LOG_LEVELS)[number], string>> = { error: 'Erreurs', info: 'Normal', debug: 'Détaillé' };

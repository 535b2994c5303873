/**
 * Switches that open the application to whoever started it, or take its protections away: they serve to develop it,
 * and to attack it. Names as Chromium and Node.js read them.
 */
const REFUSED_SWITCHES: readonly string[] = [
  // A debugger reads every secret of the process.
  ...['inspect', 'inspect-brk', 'inspect-port', 'inspect-wait', 'inspect-publish-uid', 'debug', 'debug-brk', 'debug-port'],
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-debugging-socket-name', 'remote-allow-origins', 'auto-open-devtools-for-tabs'],
  // The page leaves its sandbox.
  ...['no-sandbox', 'disable-setuid-sandbox', 'disable-seccomp-filter-sandbox', 'disable-namespace-sandbox', 'disable-gpu-sandbox', 'single-process', 'no-zygote'],
  ...['disable-web-security', 'disable-site-isolation-trials', 'allow-file-access-from-files', 'allow-running-insecure-content', 'unsafely-treat-insecure-origin-as-secure'],
  ...['ignore-certificate-errors', 'ignore-certificate-errors-spki-list', 'enable-blink-features', 'enable-experimental-web-platform-features'],
  // Code of somebody else runs in ours.
  ...['js-flags', 'load-extension', 'disable-extensions-except', 'require', 'import', 'loader', 'experimental-loader', 'eval', 'app-path'],
  ...['renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher', 'browser-subprocess-path', 'ppapi-plugin-launcher', 'register-pepper-plugins'],
  // What passes on the network is written down.
  ...['log-net-log', 'ssl-key-log-file'],
];

/** Chromium cannot sandbox itself for root, and says so: containers and tests pass these. */
const NEEDED_BY_ROOT: ReadonlySet<string> = new Set(['no-sandbox', 'no-zygote', 'disable-setuid-sandbox']);

/** The fuses take their effect away; where the runtime still shows them, whoever set them is told. */
const REFUSED_VARIABLES: readonly string[] = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE', 'ELECTRON_OVERRIDE_DIST_PATH', 'SSLKEYLOGFILE'];

export interface StartCircumstances {
  /** The whole command line, program first. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
}

/** Why the packed application does not start like this, as a French sentence; null when nothing stands against it. */
export function startRefusal({ argv, env, platform, isRoot }: StartCircumstances): string | null {
  const names = argv.slice(1).flatMap((argument) => switchName(argument, platform) ?? []);
  const refused = names.find((name) => REFUSED_SWITCHES.includes(name) && !(isRoot && NEEDED_BY_ROOT.has(name)));
  if (refused !== undefined) {
    return `Instruire ne démarre pas avec l’option --${refused}, qui retire une protection ou donne accès à ses données. Retirez-la du raccourci ou de la commande ; si vous ne l’y avez pas mise, prévenez votre service informatique.`;
  }
  const variable = REFUSED_VARIABLES.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return null;
  return `Instruire ne démarre pas quand la variable d’environnement ${variable} est définie : elle ferait exécuter ou observer autre chose que l’application. Retirez-la, ou demandez-le à votre service informatique.`;
}

/** One dash or two, and the slash of Windows; case does not count there. */
function switchName(argument: string, platform: NodeJS.Platform): string | undefined {
  const name = (platform === 'win32' ? /^(?:--?|\/)([\w-]+)/ : /^--?([\w-]+)/).exec(argument)?.[1];
  return name?.toLowerCase();
}

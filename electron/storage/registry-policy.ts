/** Written as 0 or 1: the registry has no booleans. */
const BOOLEANS: ReadonlySet<string> = new Set(['secondFactorRequired', 'v2TokenInQuery', 'updatesAllowed']);
/** Sub-keys that are objects; the others are lists, one value a line. */
const OBJECTS: ReadonlySet<string> = new Set(['oidc']);

const KEY = /^HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Instruire(?:\\(.+))?$/i;
const VALUE = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;

/**
 * Reads what `reg query … /s` prints: values are settings, a sub-key is a list (one value a line, in
 * order) or an object. What it holds is checked afterwards, as the file's content is.
 * @throws when a line is not what `reg` prints, or its text was spoilt.
 */
export function readRegistryPolicy(printed: string): Readonly<Record<string, unknown>> {
  const policy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let path: readonly string[] | null = null;
  for (const line of printed.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (line.includes('\ufffd')) throw new Error('the text of the registry is spoilt');
    const key = KEY.exec(line);
    if (key) {
      path = key[1]?.split('\\') ?? [];
      continue;
    }
    const [, name, type = '', text = ''] = VALUE.exec(line) ?? [];
    if (path === null || name === undefined) throw new Error('not what reg prints');
    put(policy, path, name, valueOf(name, type, text));
  }
  return { ...policy };
}

function put(policy: Record<string, unknown>, path: readonly string[], name: string, value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) {
    policy[name] = value;
  } else if (OBJECTS.has(first)) {
    const inner = (policy[first] ??= {}) as Record<string, unknown>;
    put(inner, rest, name, value);
  } else {
    const list = (policy[first] ??= []) as unknown[];
    list.push(value);
  }
}

function valueOf(name: string, type: string, text: string): unknown {
  if (type === 'REG_DWORD' || type === 'REG_QWORD') {
    const number = Number(text);
    return BOOLEANS.has(name) && (number === 0 || number === 1) ? number === 1 : number;
  }
  // `reg` prints the end of each string of the list as \0.
  if (type === 'REG_MULTI_SZ') return text.split('\\0').filter((one) => one !== '');
  return text;
}

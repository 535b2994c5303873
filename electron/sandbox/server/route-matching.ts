import type { Route } from './route';

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a path; fixed segments win over parameters (`diffusibles` is no SIRET). */
export function createMatcher(routes: readonly Route[]): (path: string) => RouteMatch | undefined {
  const byLiterals = [...routes].sort((a, b) => parameterCount(a) - parameterCount(b));
  const compiled = byLiterals.map((route) => ({ route, segments: route.path.split('/') }));
  return (path) => {
    const asked = path.split('/');
    for (const { route, segments } of compiled) {
      const parameters = segments.length === asked.length ? readParameters(segments, asked) : null;
      if (parameters) return { route, parameters };
    }
    return undefined;
  };
}

function readParameters(segments: readonly string[], asked: readonly string[]): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = asked[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name && value !== '') parameters[name] = value;
    else if (segment !== value) return null;
  }
  return parameters;
}

const parameterCount = (route: Route): number => route.path.split('{').length;

import { type Checked, invalid, valid } from '../domain/checked';
import { type IdentifierKind, parseEori, parseRna, parseSiren, parseSiret } from '../domain/identifiers';
import type { Endpoint, EndpointParameter } from './types';

export type ParameterValues = Readonly<Record<string, string>>;

const parsers: Readonly<Record<IdentifierKind, (text: string) => Checked<string>>> = {
  siren: parseSiren,
  siret: parseSiret,
  rna: parseRna,
  eori: parseEori,
};

/** Whether the endpoint can be asked with this identifier: a kind that it takes, rightly written. One that asks about nobody takes any. */
export function acceptsIdentifier(endpoint: Endpoint, identifier: string): boolean {
  return endpoint.identifiers.length === 0 || endpoint.identifiers.some((kind) => parsers[kind](identifier).ok);
}

/**
 * Path and query of the call, before its justification. Values are encoded, so that none can leave
 * its segment. Header parameters are not part of an address.
 * @throws Error when a path parameter has no value: check the parameters first.
 */
export function callPath(endpoint: Endpoint, identifier: string, parameters: ParameterValues): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === endpoint.identifierParameter ? identifier : valueOf(parameters, name);
    // Dots alone survive the encoding, and an address drops the segments that they make.
    if (!value || /^\.+$/.test(value)) throw new Error(`no usable value for ${name} in ${endpoint.path}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const { name, in: place } of endpoint.parameters) {
    const value = place === 'query' ? valueOf(parameters, name) : undefined;
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The first thing wrong with the parameters beyond the identifier, or the parameters themselves. */
export function checkParameters(endpoint: Endpoint, parameters: ParameterValues): Checked<ParameterValues> {
  const unknown = Object.keys(parameters).find((name) => !endpoint.parameters.some((parameter) => parameter.name === name));
  if (unknown !== undefined) return invalid(`Cette donnée ne prend pas de paramètre «\u00a0${unknown}\u00a0».`);
  for (const parameter of endpoint.parameters) {
    const problem = problemWith(parameter, valueOf(parameters, parameter.name));
    if (problem) return invalid(problem);
  }
  return valid(parameters);
}

function problemWith(parameter: EndpointParameter, value: string | undefined): string | undefined {
  const field = `«\u00a0${parameter.label}\u00a0»`;
  if (!value) return parameter.required ? `Le champ ${field} est obligatoire.` : undefined;
  if (parameter.enum && !parameter.enum.includes(value)) return `Le champ ${field} accepte\u00a0: ${parameter.enum.join(', ')}.`;
  if (parameter.pattern !== undefined && !new RegExp(parameter.pattern).test(value)) return `Le champ ${field} n’est pas bien écrit.`;
  return parameter.type === 'integer' ? numberProblem(parameter, field, value) : undefined;
}

function numberProblem(parameter: EndpointParameter, field: string, value: string): string | undefined {
  if (!/^-?\d+$/.test(value)) return `Le champ ${field} attend un nombre entier.`;
  const number = Number(value);
  if (parameter.minimum !== undefined && number < parameter.minimum) return `Le champ ${field} ne descend pas sous ${parameter.minimum}.`;
  if (parameter.maximum !== undefined && number > parameter.maximum) return `Le champ ${field} ne dépasse pas ${parameter.maximum}.`;
  return undefined;
}

/** Own values only: a parameter named like a method of objects finds nothing. */
function valueOf(parameters: ParameterValues, name: string): string | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

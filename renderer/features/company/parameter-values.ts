import type { Endpoint, EndpointParameter } from '../../../shared/catalogue/types';

const months = {
  ...{ '01': 'Janvier', '02': 'Février', '03': 'Mars', '04': 'Avril', '05': 'Mai', '06': 'Juin' },
  ...{ '07': 'Juillet', '08': 'Août', '09': 'Septembre', '10': 'Octobre', '11': 'Novembre', '12': 'Décembre' },
};

const optionLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  month: months,
  mois: months,
  non_diffusables: { true: 'Oui' },
  nature_effectif: {
    ...{ moyen: 'Effectif moyen', boeth: 'Bénéficiaires de l’obligation d’emploi', ecap: 'Emplois à conditions d’aptitude particulières' },
    assujettissement_oeth: 'Assujettissement à l’obligation d’emploi',
  },
};

/** Words of an option; one that appeared after this version is shown as it is. */
export function parameterLabel(name: string, option: string): string {
  return optionLabels[name]?.[option] ?? option;
}

/** What is wrong with a value, in words; null when it can be sent. */
export function parameterProblem({ required, pattern, minimum, maximum, type }: EndpointParameter, value: string): string | null {
  if (value === '') return required ? 'À remplir.' : null;
  if (type === 'integer' && !/^\d+$/.test(value)) return 'Un nombre entier est attendu.';
  if (minimum !== undefined && Number(value) < minimum) return `${minimum} au moins.`;
  if (maximum !== undefined && Number(value) > maximum) return `${maximum} au plus.`;
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return pattern === '^\\d{4}$' ? 'Quatre chiffres : 2025.' : 'Format inattendu.';
  return null;
}

/** True when every parameter can be sent as it is. */
export function canSend(endpoint: Endpoint, values: Readonly<Record<string, string>>): boolean {
  return endpoint.parameters.every((parameter) => parameter.in === 'header' || parameterProblem(parameter, values[parameter.name] ?? '') === null);
}

/** What is sent: empty values are left out. */
export function filled(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

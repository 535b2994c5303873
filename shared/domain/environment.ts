/** Where calls go; one word on screen, always visible, says which. */
export const ENVIRONMENTS = ['sandbox', 'staging', 'production', 'gateway'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const environmentLabels: Readonly<Record<Environment, string>> = {
  sandbox: 'Bac à sable',
  staging: 'Préproduction',
  production: 'Production',
  gateway: 'Passerelle',
};

/** Real tokens: those whose leak or loss has consequences outside this workstation. */
export function holdsRealTokens(environment: Environment): boolean {
  return environment === 'production' || environment === 'gateway';
}

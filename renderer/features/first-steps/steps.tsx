import type { ReactNode } from 'react';

import { CallStep } from './call-step';
import { EligibilityStep, NetworkStep, RequestStep, TokenStep } from './explained-steps';
import { HabilitationStep } from './habilitation-step';
import { RequestBuilderStep } from './request-builder-step';
import type { StepProps } from './step-props';
import { TracingStep } from './tracing-step';

export interface Step {
  /** Kept in the settings: never renamed. */
  readonly id: string;
  readonly title: string;
  readonly content: (props: StepProps) => ReactNode;
}

/** From nothing to the first call, in the order in which things happen. */
export const steps: readonly Step[] = [
  { id: 'eligibility', title: 'API Entreprise est-elle pour vous ?', content: () => <EligibilityStep /> },
  { id: 'request', title: 'Demander l’habilitation', content: () => <RequestStep /> },
  { id: 'token', title: 'Trouver le jeton', content: () => <TokenStep /> },
  { id: 'habilitation', title: 'Enregistrer l’habilitation et son jeton', content: () => <HabilitationStep /> },
  { id: 'tracing', title: 'Justifier chaque appel', content: () => <TracingStep /> },
  { id: 'network', title: 'Préparer le poste et le réseau', content: () => <NetworkStep /> },
  { id: 'request-builder', title: 'Construire la requête', content: (props) => <RequestBuilderStep {...props} /> },
  { id: 'first-call', title: 'Faire le premier appel', content: (props) => <CallStep {...props} /> },
];

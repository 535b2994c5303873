import './batches.css';

import { Anchor } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

import { navigate } from '../../app/navigation';
import { PageHead } from '../../components/page-head';
import { ChoiceStep } from './choice-step';
import { LinesStep } from './lines-step';
import { change, useNewBatch } from './new-batch-store';
import { PlanStep } from './plan-step';
import { SourceStep } from './source-step';

const steps = ['Liste', 'Lignes lues', 'Données à obtenir', 'Coût et départ'] as const;

/** From a list to a batch, in four steps; what is prepared stays while the agent looks elsewhere. */
export function NewBatchScreen({ dossierId }: { readonly dossierId: string | null }): ReactNode {
  const { step, preview } = useNewBatch();
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (dossierId !== null) change({ dossierId });
  }, [dossierId]);
  // Whoever listens hears where he is; whoever types goes on from the top of the step.
  useEffect(() => {
    if (step > 0) heading.current?.focus();
  }, [step]);
  const shown = preview === null ? 0 : step;
  return (
    <div className="page">
      <Anchor component="button" type="button" size="sm" mb="sm" onClick={() => navigate({ name: 'batches' })}>‹ Lots</Anchor>
      <PageHead title="Nouveau lot" {...(preview ? { summary: preview.fileName } : {})} />
      <ol className="batch-steps" aria-label="Étapes">
        {steps.map((name, index) => <li key={name} aria-current={index === shown ? 'step' : undefined}>{index + 1}. {name}</li>)}
      </ol>
      <div ref={heading} tabIndex={-1} role="group" aria-label={`Étape ${shown + 1} sur ${steps.length} : ${steps[shown] ?? ''}`} style={{ outlineOffset: 4 }}>
        {shown === 0 && <SourceStep />}
        {shown === 1 && preview && <LinesStep key={preview.importId} preview={preview} />}
        {shown === 2 && preview && <ChoiceStep preview={preview} />}
        {shown === 3 && preview && <PlanStep preview={preview} />}
      </div>
    </div>
  );
}

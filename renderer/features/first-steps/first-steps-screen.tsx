import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { callMain } from '../../app/bridge';
import { PageHead } from '../../components/page-head';
import { ProgressBar } from '../../components/progress-bar';
import { showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { type Step, steps } from './steps';
import type { Trial } from './trial';

/** « Premiers pas »: what is done is remembered, any step can be opened at any time. */
export function FirstStepsScreen(): ReactNode {
  const { value, problem, replace } = useLoaded(() => callMain('settings.get', undefined), '');
  const save = (firstStepsDone: string[]): void => {
    callMain('settings.update', { firstStepsDone }).then(replace, showFailure);
  };
  return (
    <div className="page">
      <PageHead title="Premiers pas" summary="De rien au premier appel, étape par étape. Cochez ce qui est fait ; revenez quand vous voulez." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={320} aria-label="Lecture des étapes" />}
      {value !== null && <Assistant done={value.firstStepsDone} onChange={save} />}
    </div>
  );
}

interface AssistantProps {
  readonly done: readonly string[];
  readonly onChange: (done: string[]) => void;
}

function Assistant({ done, onChange }: AssistantProps): ReactNode {
  const [index, setIndex] = useState(() => Math.max(0, steps.findIndex(({ id }) => !done.includes(id))));
  const [trial, setTrial] = useState<Trial | null>(null);
  const step = steps[index];
  if (!step) return null;
  const mark = (isDone: boolean): void => onChange(isDone ? [...new Set([...done, step.id])] : done.filter((id) => id !== step.id));
  const doneCount = steps.filter(({ id }) => done.includes(id)).length;
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24, alignItems: 'flex-start' }}>
      <div style={{ flex: '1 1 250px', maxWidth: 330 }}>
        <Text size="sm" c="dimmed" mb={6}>{doneCount} étape{doneCount > 1 ? 's' : ''} sur {steps.length}</Text>
        <ProgressBar percent={(doneCount / steps.length) * 100} mb="md" label={`${doneCount} étapes faites sur ${steps.length}`} />
        <StepList done={done} index={index} onChoose={setIndex} />
      </div>
      <StepPanel step={step} index={index} isDone={done.includes(step.id)} onMark={mark} onMove={setIndex}>
        {step.content({ trial, onTrial: setTrial, onDone: () => mark(true) })}
      </StepPanel>
    </div>
  );
}

interface ListProps {
  readonly done: readonly string[];
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

function StepList({ done, index, onChoose }: ListProps): ReactNode {
  return (
    <nav aria-label="Étapes">
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {steps.map(({ id, title }, position) => {
          const isDone = done.includes(id);
          const Icon = isDone ? IconCircleCheckFilled : IconCircle;
          return (
            <li key={id}>
              <UnstyledButton
                className="step-item"
                aria-current={position === index ? 'step' : undefined}
                aria-label={`${position + 1}. ${title}${isDone ? ' (fait)' : ''}`}
                onClick={() => onChoose(position)}
              >
                <Icon size={19} aria-hidden style={{ flexShrink: 0, marginTop: 1, color: isDone ? 'var(--mantine-color-teal-6)' : 'var(--mantine-color-dimmed)' }} />
                {title}
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface PanelProps {
  readonly step: Step;
  readonly index: number;
  readonly isDone: boolean;
  readonly onMark: (isDone: boolean) => void;
  readonly onMove: (index: number) => void;
  readonly children: ReactNode;
}

function StepPanel({ step, index, isDone, onMark, onMove, children }: PanelProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const opened = useRef(step.id);
  useEffect(() => {
    // The first step shown leaves the focus where the screen put it.
    if (opened.current !== step.id) heading.current?.focus();
    opened.current = step.id;
  }, [step.id]);
  return (
    <section className="card" aria-labelledby="step-title" style={{ flex: '3 1 460px', minWidth: 0, padding: '24px 28px' }}>
      <Text size="sm" c="dimmed">Étape {index + 1} sur {steps.length}</Text>
      <Title order={2} id="step-title" ref={heading} tabIndex={-1} mb="md" style={{ outlineOffset: 4 }}>{step.title}</Title>
      <Stack gap="md" key={step.id}>{children}</Stack>
      <Group justify="space-between" mt="xl" pt="md" style={{ borderTop: '1px solid var(--app-line)' }}>
        <Checkbox label="C’est fait" checked={isDone} onChange={(event) => onMark(event.currentTarget.checked)} />
        <Group gap="sm">
          {index > 0 && <Button variant="default" onClick={() => onMove(index - 1)}>Étape précédente</Button>}
          {index < steps.length - 1 && (
            <Button
              onClick={() => {
                onMark(true);
                onMove(index + 1);
              }}
            >
              Fait, étape suivante
            </Button>
          )}
        </Group>
      </Group>
    </section>
  );
}

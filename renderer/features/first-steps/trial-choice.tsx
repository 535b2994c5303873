import { Alert, Group, Select, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { useSession } from '../../app/session-store';
import { useAction } from '../../components/use-action';
import { loadHabilitations, useHabilitations } from '../habilitations';
import { type CompanyChoice, CompanySearch } from '../search';
import { type Habilitation, type Trial, TRIAL_TITLE, trialOf, usableOnes } from './trial';

interface Props {
  readonly trial: Trial | null;
  readonly onTrial: (trial: Trial) => void;
}

/** Chooses what the trial is about; its dossier is made on the way. */
export function TrialChoice({ trial, onTrial }: Props): ReactNode {
  const habilitations = useHabilitations((state) => state.habilitations);
  const environment = useSession((state) => state.start?.environment ?? 'sandbox');
  useEffect(() => void loadHabilitations(), []);
  if (habilitations === null) return null;
  const usable = usableOnes(habilitations, environment);
  const first = usable.find(({ id }) => id === trial?.habilitation.id) ?? usable[0];
  if (!first) {
    return <Alert color="amber">Aucune habilitation n’a de jeton valable ici : revenez à l’étape « Enregistrer l’habilitation et son jeton ».</Alert>;
  }
  return <Choice trial={trial} onTrial={onTrial} usable={usable} first={first} />;
}

interface ChoiceProps extends Props {
  readonly usable: readonly Habilitation[];
  readonly first: Habilitation;
}

function Choice({ trial, onTrial, usable, first }: ChoiceProps): ReactNode {
  const [chosenId, setChosenId] = useState(first.id);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { problem, run } = useAction();
  const habilitation = usable.find(({ id }) => id === chosenId) ?? first;
  const tryWith = (one: Habilitation, company: CompanyChoice): void => {
    setRefusal(null);
    run(async () => {
      const found = await trialOf(one, company);
      if (found.ok) onTrial(found.value);
      else setRefusal(found.message);
    });
  };
  const wrong = problem?.message ?? refusal;
  return (
    <>
      {wrong !== null && <Alert color="red" role="alert">{wrong}</Alert>}
      {usable.length > 1 && (
        <Select
          label="Habilitation de l’essai"
          allowDeselect={false}
          data={usable.map(({ id, title }) => ({ value: id, label: title }))}
          value={habilitation.id}
          onChange={(id) => {
            const next = usable.find((one) => one.id === id);
            if (!next) return;
            setChosenId(next.id);
            if (trial) tryWith(next, trial.company);
          }}
        />
      )}
      <CompanySearch label="Entreprise de l’essai" onChoose={(company) => tryWith(habilitation, company)} />
      {trial === null && <Text size="sm" c="dimmed">Cherchez une entreprise par son nom, son SIREN ou son SIRET. Un dossier « {TRIAL_TITLE} » est créé pour porter la justification de l’essai.</Text>}
      {trial && <ChosenTrial trial={trial} onTrial={onTrial} />}
    </>
  );
}

function ChosenTrial({ trial, onTrial }: { readonly trial: Trial; readonly onTrial: Props['onTrial'] }): ReactNode {
  return (
    <Group align="flex-end" gap="lg">
      <div>
        <Text size="xs" c="dimmed">Entreprise</Text>
        <Text fw={560}>{trial.company.name} · {formatIdentifier(trial.company.identifier)}</Text>
      </div>
      <Select
        label="Donnée demandée"
        allowDeselect={false}
        searchable
        w={340}
        maw="100%"
        data={trial.endpoints.map(({ id, title, providerLabel }) => ({ value: id, label: `${title} · ${providerLabel}` }))}
        value={trial.endpoint.id}
        onChange={(id) => {
          const endpoint = trial.endpoints.find((candidate) => candidate.id === id);
          if (endpoint) onTrial({ ...trial, endpoint });
        }}
      />
    </Group>
  );
}

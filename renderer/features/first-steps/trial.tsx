import { Alert, Group, Select, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { currentEndpoints, isOpenedBy } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { useCaseContexts } from '../../../shared/domain/use-case';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useAction } from '../../components/use-action';
import { type CompanyChoice, CompanySearch } from '../search';

type Dossier = ChannelOutput<'dossiers.get'>;
type Habilitation = ChannelOutput<'habilitations.list'>[number];

/** What the first call is about. */
export interface Trial {
  readonly dossier: Dossier;
  readonly company: CompanyChoice;
  readonly endpoint: Endpoint;
  /** Other endpoints that can be tried with this company. */
  readonly endpoints: readonly Endpoint[];
}

const TRIAL_TITLE = 'Premiers pas';
const FIRST_ENDPOINT = 'insee.unite_legale.v4';

/** Chooses the company of the trial; its dossier is made on the way. */
export function TrialChoice({ trial, onTrial }: { readonly trial: Trial | null; readonly onTrial: (trial: Trial) => void }): ReactNode {
  const { busy, problem, run } = useAction();
  const [refusal, setRefusal] = useState<string | null>(null);
  const choose = (company: CompanyChoice): void => {
    setRefusal(null);
    run(async () => {
      const found = await trialOf(company);
      if (found.ok) onTrial(found.value);
      else setRefusal(found.message);
    });
  };
  return (
    <>
      {(problem?.message ?? refusal) !== null && <Alert color="red" role="alert">{problem?.message ?? refusal}</Alert>}
      <CompanySearch label="Entreprise de l’essai" onChoose={choose} />
      {trial === null && !busy && (
        <Text size="sm" c="dimmed">Cherchez une entreprise par son nom, son SIREN ou son SIRET. Un dossier « {TRIAL_TITLE} » est créé pour porter la justification de l’essai.</Text>
      )}
      {trial && (
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
            data={trial.endpoints.map(({ id, title, providerLabel }) => ({ value: id, label: `${title} · ${providerLabel}` }))}
            value={trial.endpoint.id}
            onChange={(id) => {
              const endpoint = trial.endpoints.find((candidate) => candidate.id === id);
              if (endpoint) onTrial({ ...trial, endpoint });
            }}
          />
        </Group>
      )}
    </>
  );
}

async function trialOf(company: CompanyChoice): Promise<Checked<Trial>> {
  const habilitations = await callMain('habilitations.list', undefined);
  const usable = habilitations.find(({ token }) => token.state === 'active' || token.state === 'expiring') ?? habilitations[0];
  if (!usable) return invalid('Aucune habilitation ne vous est ouverte : revenez à l’étape « Enregistrer l’habilitation et son jeton ».');
  const known = (await callMain('dossiers.list', { state: 'open', text: TRIAL_TITLE })).find(({ title, habilitationId }) => title === TRIAL_TITLE && habilitationId === usable.id);
  const dossier = known ?? (await callMain('dossiers.create', draftOf(usable)));
  const isThere = dossier.companies.some(({ identifier }) => identifier === company.identifier);
  const filled = isThere ? dossier : await callMain('dossiers.addCompany', { id: dossier.id, ...company });
  const endpoints = endpointsFor(filled, usable);
  const endpoint = endpoints.find(({ id }) => id === FIRST_ENDPOINT) ?? endpoints[0];
  if (!endpoint) return invalid(`Le jeton de « ${usable.title} » n’ouvre aucune donnée qui se demande avec un SIREN : testez-le, ou essayez depuis un dossier.`);
  return valid({ dossier: filled, company, endpoint, endpoints });
}

function draftOf(habilitation: Habilitation) {
  const useCase = habilitation.useCases[0] ?? 'marches_publics';
  const usual = useCaseContexts[useCase];
  const context = habilitation.contexts.includes(usual) ? usual : (habilitation.contexts[0] ?? usual);
  return { title: TRIAL_TITLE, habilitationId: habilitation.id, useCase, context, recipient: habilitation.recipients[0] ?? '', object: 'Premier appel d’essai' };
}

/** What a SIREN alone is enough to ask for, within the token and the purpose. */
function endpointsFor({ useCase }: Dossier, { token }: Habilitation): readonly Endpoint[] {
  const scopes = token.privileges ?? token.scopes;
  return currentEndpoints.filter(
    (endpoint) =>
      endpoint.identifiers.includes('siren') &&
      endpoint.useCases[useCase] !== 'injustifie' &&
      isOpenedBy(endpoint, scopes) &&
      !endpoint.parameters.some(({ required, in: place }) => required && place !== 'header'),
  );
}

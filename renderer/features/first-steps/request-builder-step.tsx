import { Alert, Code, Skeleton, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { CopyTextButton } from '../../components/copy-button';
import { useLoaded } from '../../components/use-loaded';
import type { StepProps } from './step-props';
import type { Trial } from './trial';
import { TrialChoice } from './trial-choice';

type Preview = ChannelOutput<'consultation.preview'>;

/** The request as main would send it, part by part. */
export function RequestBuilderStep({ trial, onTrial }: StepProps): ReactNode {
  return (
    <>
      <Text>L’application compose elle-même chaque requête. La voici, telle qu’elle partirait, avec le rôle de chaque partie. Rien n’est envoyé ; le jeton reste caché.</Text>
      <TrialChoice trial={trial} onTrial={onTrial} />
      {trial && <RequestView trial={trial} />}
    </>
  );
}

function RequestView({ trial: { dossier, company, endpoint } }: { readonly trial: Trial }): ReactNode {
  const request = { dossierId: dossier.id, endpointId: endpoint.id, identifier: company.identifier, parameters: {} };
  const { value, problem } = useLoaded(() => callMain('consultation.preview', request), JSON.stringify(request));
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={240} aria-label="Composition de la requête" />;
  return (
    <>
      <Code block role="group" aria-label="Requête composée" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{textOf(value)}</Code>
      <div><CopyTextButton text={textOf(value)} label="Copier, sans le jeton" /></div>
      <Table verticalSpacing="xs" aria-label="Parties de la requête">
        <Table.Thead>
          <Table.Tr><Table.Th w={170}>Partie</Table.Th><Table.Th>Valeur</Table.Th><Table.Th>À quoi elle sert</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {partsOf(value, endpoint).map(({ name, value: text, role }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={560} style={{ verticalAlign: 'top' }}>{name}</Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}><Code>{text}</Code></Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>{role}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** The request as a developer would write it. */
function textOf({ method, baseUrl, path, query, headers }: Preview): string {
  const pairs = query.map(({ name, value }, position) => `    ${position === 0 ? '?' : '&'}${name}=${encodeURIComponent(value)}`);
  return [`${method} ${baseUrl}${path}`, ...pairs, ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\n');
}

interface Part {
  readonly name: string;
  readonly value: string;
  readonly role: string;
}

function partsOf({ method, baseUrl, path, query, headers }: Preview, endpoint: Endpoint): readonly Part[] {
  return [
    { name: 'Méthode', value: method, role: 'Lire, et seulement lire : le service ne reçoit aucune donnée à enregistrer.' },
    { name: 'Adresse du service', value: baseUrl, role: 'Celle de l’environnement où travaille ce poste.' },
    { name: 'Chemin', value: path, role: `La version (v${endpoint.version}), le fournisseur (${endpoint.providerLabel}), la donnée, puis l’entreprise consultée.` },
    ...query.map(({ name, value }) => ({ name, value, role: queryRoles[name] ?? labelOf(endpoint, name) })),
    ...headers.map(({ name, value }) => ({ name, value, role: headerRoles[name] ?? 'En-tête technique.' })),
  ];
}

const queryRoles: Readonly<Record<string, string>> = {
  context: 'Le contexte : dans quel cadre vous demandez cette donnée. Il vient du dossier.',
  recipient: 'Le destinataire : SIRET de l’administration qui utilise la donnée. Il vient du dossier.',
  object: 'L’objet : ce qui relie l’appel à votre affaire. Il vient du dossier.',
};

const headerRoles: Readonly<Record<string, string>> = {
  Authorization: 'Le jeton de l’habilitation, ajouté au dernier moment. Toujours dans l’en-tête, jamais dans l’adresse, qui laisse des traces.',
  Accept: 'La réponse attendue est du JSON.',
  'Cache-Control': 'Demande une réponse fraîche plutôt que celle gardée par le service.',
};

function labelOf(endpoint: Endpoint, name: string): string {
  return endpoint.parameters.find((parameter) => parameter.name === name)?.label ?? 'Précise la demande.';
}

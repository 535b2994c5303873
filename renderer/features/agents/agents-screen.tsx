import { ActionIcon, Alert, Badge, Button, Menu, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { Agent } from '../../../shared/domain/agent';
import { type Role, roleLabels } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { type AgentAct, AgentActDialog } from './agent-act';
import { AgentForm } from './agent-form';
import { type HandOver, TemporaryPasswordDialog } from './temporary-password';

/** Accounts of the workstation, for a responsable. */
export function AgentsScreen(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('agents.list', undefined), '');
  const [creating, setCreating] = useState(false);
  const [act, setAct] = useState<AgentAct | null>(null);
  const [handOver, setHandOver] = useState<HandOver | null>(null);
  return (
    <div className="page">
      <PageHead
        title="Agents"
        summary="Chacun a son compte : l’historique doit pouvoir dire qui a consulté quoi. Un compte ne se supprime pas, il se suspend."
        actions={<Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>Nouveau compte</Button>}
      />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={220} aria-label="Lecture des comptes" />}
      {value !== null && <AgentTable agents={value} onAct={setAct} />}
      <AgentForm
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(created) => {
          setHandOver(created);
          reload();
        }}
      />
      <AgentActDialog
        act={act}
        onClose={() => setAct(null)}
        onDone={(done) => {
          if (done) setHandOver(done);
          reload();
        }}
      />
      <TemporaryPasswordDialog handOver={handOver} onClose={() => setHandOver(null)} />
    </div>
  );
}

interface TableProps {
  readonly agents: readonly Agent[];
  readonly onAct: (act: AgentAct) => void;
}

function AgentTable({ agents, onAct }: TableProps): ReactNode {
  return (
    <div className="card" style={{ overflowX: 'auto' }}>
      <Table verticalSpacing="sm" horizontalSpacing="lg" aria-label="Comptes" miw={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Personne</Table.Th>
            <Table.Th>Organisation</Table.Th>
            <Table.Th>Profil</Table.Th>
            <Table.Th>État</Table.Th>
            <Table.Th>Dernière connexion</Table.Th>
            <Table.Th><VisuallyHidden>Actions</VisuallyHidden></Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {agents.map((agent) => (
            <Table.Tr key={agent.id} aria-label={agent.displayName}>
              <Table.Td>
                <Text size="sm" fw={560}>{agent.displayName}</Text>
                <Text size="xs" c="dimmed">{agent.login}</Text>
              </Table.Td>
              <Table.Td>{agent.organisation}</Table.Td>
              <Table.Td>{roleLabels[agent.role]}</Table.Td>
              <Table.Td><AgentStateBadge state={agent.state} /></Table.Td>
              <Table.Td>{agent.lastSignInAt === null ? <Text size="sm" c="dimmed">Jamais</Text> : whenText(agent.lastSignInAt)}</Table.Td>
              <Table.Td ta="right"><AgentMenu agent={agent} onAct={onAct} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function AgentStateBadge({ state }: { readonly state: Agent['state'] }): ReactNode {
  const isActive = state === 'active';
  return <Badge variant="light" radius="sm" tt="none" fw={560} miw="max-content" color={isActive ? 'teal' : 'red'}>{isActive ? 'Actif' : 'Suspendu'}</Badge>;
}

const assignableRoles: readonly Role[] = ['agent', 'responsable', 'auditeur'];

function AgentMenu({ agent, onAct }: { readonly agent: Agent; readonly onAct: (act: AgentAct) => void }): ReactNode {
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={`Actions sur le compte de ${agent.displayName}`}><IconDots size={17} aria-hidden /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Profil</Menu.Label>
        {assignableRoles.filter((role) => role !== agent.role).map((role) => (
          <Menu.Item key={role} onClick={() => onAct({ kind: 'role', agent, role })}>Passer en « {roleLabels[role]} »</Menu.Item>
        ))}
        <Menu.Label>Accès</Menu.Label>
        <Menu.Item onClick={() => onAct({ kind: 'password', agent })}>Réinitialiser le mot de passe</Menu.Item>
        <Menu.Item onClick={() => onAct({ kind: 'second-factor', agent })}>Retirer le second facteur</Menu.Item>
        {agent.state === 'active'
          ? <Menu.Item c="var(--mantine-color-error)" onClick={() => onAct({ kind: 'suspend', agent })}>Suspendre le compte</Menu.Item>
          : <Menu.Item onClick={() => onAct({ kind: 'reactivate', agent })}>Réactiver le compte</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function whenText(iso: string): string {
  return new Date(iso).toLocaleString('fr-FR', { dateStyle: 'medium', timeStyle: 'short' });
}

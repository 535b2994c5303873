import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import type { Agent } from '../../../shared/domain/agent';
import { hasRight, roleLabels } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { type Habilitation, keepHabilitation } from './habilitations-store';
import { MemberRights } from './member-rights';

type Member = Habilitation['agents'][number];

/** Who may use this habilitation, and for what at most. */
export function MembersCard({ habilitation }: { readonly habilitation: Habilitation }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('agents.list', undefined), '');
  const candidates = (value ?? []).filter(({ role }) => hasRight(role, 'consult'));
  return (
    <SectionCard title="Agents">
      <Text size="sm" c="dimmed" mb="sm">Seules les personnes cochées consultent au titre de cette procédure. Chacune peut être limitée à certaines données ; la limite vaut aussitôt.</Text>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={80} aria-label="Lecture des agents" />}
      {value !== null && <MemberRows habilitation={habilitation} candidates={candidates} />}
    </SectionCard>
  );
}

function MemberRows({ habilitation, candidates }: { readonly habilitation: Habilitation; readonly candidates: readonly Agent[] }): ReactNode {
  const { busy, problem, run } = useAction();
  const [limiting, setLimiting] = useState<Agent | null>(null);
  const members = new Map(habilitation.agents.map((member) => [member.agentId, member]));
  const save = (agents: readonly Member[], then?: () => void): void =>
    run(async () => {
      keepHabilitation(await callMain('habilitations.setAgents', { id: habilitation.id, agents: agents.map(({ agentId, endpointIds }) => ({ agentId, endpointIds: endpointIds && [...endpointIds] })) }));
      then?.();
    });
  const others = (agentId: string): Member[] => habilitation.agents.filter((member) => member.agentId !== agentId);
  return (
    <Stack gap={0} role="list" aria-label="Agents de l’habilitation">
      {problem !== null && <Alert color="red" role="alert" mb="sm">{problem.message}</Alert>}
      {candidates.map((agent) => {
        const member = members.get(agent.id);
        return (
          <Group key={agent.id} role="listitem" justify="space-between" py={8} style={{ borderTop: '1px solid var(--app-line)' }}>
            <Checkbox
              label={agent.displayName}
              description={`${roleLabels[agent.role]}${agent.state === 'suspended' ? ' · compte suspendu' : ''}`}
              checked={member !== undefined}
              disabled={busy}
              onChange={(event) => save(event.currentTarget.checked ? [...others(agent.id), { agentId: agent.id, endpointIds: null }] : others(agent.id))}
            />
            {member && (
              <Group gap="sm">
                <Text size="sm" c="dimmed">{rightsText(member)}</Text>
                <Button size="xs" variant="default" aria-label={`Limiter les données de ${agent.displayName}`} onClick={() => setLimiting(agent)}>Limiter…</Button>
              </Group>
            )}
          </Group>
        );
      })}
      <MemberRights
        agent={limiting}
        habilitation={habilitation}
        member={limiting === null ? undefined : members.get(limiting.id)}
        busy={busy}
        onClose={() => setLimiting(null)}
        onSave={(endpointIds) => limiting && save([...others(limiting.id), { agentId: limiting.id, endpointIds }], () => setLimiting(null))}
      />
    </Stack>
  );
}

function rightsText({ endpointIds }: Member): string {
  if (endpointIds === null) return 'Tout ce que le jeton ouvre';
  return endpointIds.length === 0 ? 'Aucune donnée' : `${endpointIds.length} donnée${endpointIds.length > 1 ? 's' : ''} au plus`;
}

/** What an agent reads of his own rights. */
export function OwnRightsCard({ habilitation, agentId }: { readonly habilitation: Habilitation; readonly agentId: string }): ReactNode {
  const own = habilitation.agents.find((member) => member.agentId === agentId);
  return (
    <SectionCard title="Vos droits">
      <Text size="sm">
        {own?.endpointIds ? 'Vous consultez au plus, au titre de cette procédure :' : 'Vous consultez tout ce que le jeton ouvre et que la procédure justifie.'}
      </Text>
      {own?.endpointIds && <ul style={{ margin: '8px 0 0', paddingLeft: 20 }}>{own.endpointIds.map((id) => <li key={id}><Text size="sm">{findEndpoint(id)?.title ?? id}</Text></li>)}</ul>}
    </SectionCard>
  );
}

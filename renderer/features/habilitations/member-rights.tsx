import { Button, Checkbox, Drawer, Group, ScrollArea, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { Agent } from '../../../shared/domain/agent';
import { catalogueGroups } from './catalogue-groups';
import type { Habilitation } from './habilitations-store';

interface Props {
  /** Null: closed. */
  readonly agent: Agent | null;
  readonly habilitation: Habilitation;
  readonly member: Habilitation['agents'][number] | undefined;
  readonly busy: boolean;
  readonly onClose: () => void;
  /** Null: everything that the token opens. */
  readonly onSave: (endpointIds: readonly string[] | null) => void;
}

export function MemberRights(props: Props): ReactNode {
  const { agent, onClose } = props;
  return (
    <Drawer opened={agent !== null} onClose={onClose} position="right" size={520} title={`Données de ${agent?.displayName ?? ''}`} closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {agent && <Choice key={agent.id} {...props} />}
    </Drawer>
  );
}

function Choice({ habilitation, member, busy, onClose, onSave }: Props): ReactNode {
  const all = catalogueGroups(habilitation, '');
  const [limited, setLimited] = useState(member?.endpointIds !== null);
  const [chosen, setChosen] = useState<readonly string[]>(member?.endpointIds ?? all.opened.map(({ endpoint }) => endpoint.id));
  const [text, setText] = useState('');
  const shown = catalogueGroups(habilitation, text).opened;
  return (
    <Stack gap="md">
      <Switch label="Limiter aux données cochées" description="Sinon : tout ce que le jeton ouvre et que la procédure justifie." checked={limited} onChange={(event) => setLimited(event.currentTarget.checked)} />
      {limited && (
        <>
          <Group justify="space-between">
            <Text size="sm" role="status">{chosen.length} donnée{chosen.length > 1 ? 's' : ''} cochée{chosen.length > 1 ? 's' : ''}</Text>
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => setChosen(all.opened.map(({ endpoint }) => endpoint.id))}>Tout cocher</Button>
              <Button size="xs" variant="default" onClick={() => setChosen([])}>Tout décocher</Button>
            </Group>
          </Group>
          <TextInput aria-label="Rechercher une donnée à cocher" placeholder="Donnée, fournisseur…" value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <ScrollArea.Autosize mah="55vh" type="auto">
            <Checkbox.Group value={[...chosen]} onChange={setChosen} label="Données permises">
              <Stack gap="xs">
                {shown.map(({ endpoint }) => <Checkbox key={endpoint.id} value={endpoint.id} label={endpoint.title} description={endpoint.providerLabel} />)}
              </Stack>
            </Checkbox.Group>
          </ScrollArea.Autosize>
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>Annuler</Button>
        <Button loading={busy} onClick={() => onSave(limited ? chosen : null)}>Enregistrer</Button>
      </Group>
    </Stack>
  );
}

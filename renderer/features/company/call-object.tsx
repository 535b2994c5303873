import { ActionIcon, Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { OBJECT_ADVISED_LENGTH, objectAdvice } from '../../../shared/domain/justification';
import { dropdownProps, popoverProps } from '../../components/popover-props';

interface Props {
  /** Title of the datum that is asked. */
  readonly title: string;
  readonly disabled: boolean;
  readonly onSend: (object: string) => void;
}

/** Another object than the dossier's, for this call alone. */
export function CallObject({ title, disabled, onSend }: Props): ReactNode {
  const [opened, setOpened] = useState(false);
  const [object, setObject] = useState('');
  const send = (): void => {
    setOpened(false);
    onSend(object.trim());
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={320} position="bottom-end" withArrow {...popoverProps}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={30} disabled={disabled} aria-label={`Autre objet pour un appel : ${title}`} onClick={() => setOpened(!opened)}><IconTag size={15} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown {...dropdownProps}>
        <Stack gap="xs">
          <TextInput label="Objet de cet appel" description="À la place de celui du dossier, pour cette fois seulement." data-autofocus value={object} maxLength={500} onChange={(event) => setObject(event.currentTarget.value)} />
          <Text size="xs" c={objectAdvice(object) === undefined ? 'dimmed' : 'var(--mantine-color-amber-light-color)'} role="status">{objectAdvice(object) ?? `${object.trim().length} sur ${OBJECT_ADVISED_LENGTH} caractères conseillés`}</Text>
          <Button size="xs" disabled={object.trim() === ''} onClick={send}>Consulter avec cet objet</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

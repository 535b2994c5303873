import { Button, Group, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef } from 'react';

import { callMain } from '../../app/bridge';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { type Habilitation, keepHabilitation } from './habilitations-store';

/** The token goes straight from the field to main; the field is emptied before main answers, and nothing here keeps it. */
export function TokenPaste({ habilitation }: { readonly habilitation: Habilitation }): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useAction();
  const { id, token } = habilitation;
  const serves = token.state === 'active' || token.state === 'expiring';
  const paste = (event: FormEvent): void => {
    event.preventDefault();
    const input = field.current;
    if (!input) return;
    const pasted = input.value;
    input.value = '';
    run(async () => {
      const kept = await callMain('habilitations.setToken', { id, token: pasted });
      keepHabilitation(kept);
      showDone('Jeton enregistré', kept.hasStagedToken === true ? 'L’ancien sert encore : testez le nouveau pour qu’il le remplace.' : 'Testez-le pour connaître les droits que le service lui reconnaît.');
    });
  };
  return (
    <form onSubmit={paste} noValidate>
      <Group align="flex-start" gap="sm">
        <PasswordInput
          ref={field}
          label={serves ? 'Coller le jeton prolongé ou renouvelé' : 'Coller le jeton'}
          description={serves ? 'L’ancien reste en service tant que le nouveau n’a pas réussi.' : 'Il est rangé dans le trousseau du poste ; personne ne pourra plus le relire ici.'}
          autoComplete="off"
          visible={false}
          visibilityToggleIcon={() => null}
          visibilityToggleButtonProps={{ style: { display: 'none' } }}
          error={problem?.message}
          style={{ flex: 1, minWidth: 'min(280px, 100%)', maxWidth: 560 }}
        />
        <Button type="submit" loading={busy} mt={43}>Enregistrer</Button>
      </Group>
    </form>
  );
}

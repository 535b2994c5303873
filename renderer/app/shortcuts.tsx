import { Kbd, Modal, Table } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

import type { Role } from '../../shared/domain/rights';
import { goBack, navigate } from './navigation';
import { menuFor } from './screens';

interface Props {
  readonly role: Role;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Everything that the keyboard does beyond Tab and Enter. */
export function ShortcutList({ role, opened, onClose }: Props): ReactNode {
  const rows: readonly (readonly [keys: readonly string[], act: string])[] = [
    [['Ctrl', 'K'], 'Aller à un écran, un dossier, une entreprise, un document'],
    [['/'], 'Rechercher une entreprise'],
    ...menuFor(role).map(({ label }, index) => [['Alt', String(index + 1)], label] as const),
    [['Alt', '←'], 'Revenir à l’écran précédent'],
    [['Échap'], 'Fermer ce qui est ouvert'],
    [['?'], 'Afficher cette liste'],
  ];
  return (
    <Modal opened={opened} onClose={onClose} title="Raccourcis clavier" closeButtonProps={{ 'aria-label': 'Fermer' }}>
      <Table withRowBorders={false} aria-label="Raccourcis clavier">
        <Table.Tbody>
          {rows.map(([keys, act]) => (
            <Table.Tr key={act}>
              <Table.Td w={130}>{keys.map((key) => <Kbd key={key} mr={4}>{key}</Kbd>)}</Table.Td>
              <Table.Td>{act}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

export function useShortcuts(role: Role, onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const act = event.altKey ? actWithAlt(event.key, role) : isTyping(event.target) ? undefined : plainAct(event.key, onHelp);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [role, onHelp]);
}

function plainAct(key: string, onHelp: () => void): (() => void) | undefined {
  if (key === '?') return onHelp;
  if (key === '/') return () => document.querySelector<HTMLInputElement>('.shell-search input')?.focus();
  return undefined;
}

function actWithAlt(key: string, role: Role): (() => void) | undefined {
  if (key === 'ArrowLeft') return goBack;
  const entry = /^[1-9]$/.test(key) ? menuFor(role)[Number(key) - 1] : undefined;
  return entry && (() => navigate(entry.screen));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

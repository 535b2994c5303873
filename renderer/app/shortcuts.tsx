import { Kbd, Table, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

import type { Role } from '../../shared/domain/rights';
import { viewerKeys } from '../features/documents/viewer-state';
import { TourEntry } from '../features/tour';
import { Dialog } from '../components/dialog';
import { goBack, navigate } from './navigation';
import { menuFor } from './screens';

interface Shortcut {
  /** As printed on the keyboard. */
  readonly keys: readonly string[];
  readonly act: string;
  /** Absent: what is open answers the key itself. */
  readonly run?: () => void;
}

/** Alt and a digit reach as many entries of the menu; `Ctrl K` reaches them all. */
const DIGITS = 9;

/** Every shortcut of the window: what is listed is what is answered. */
function shortcutsFor(role: Role, onHelp: () => void): readonly Shortcut[] {
  return [
    { keys: ['Ctrl', 'K'], act: 'Aller à un écran, un dossier, une entreprise, un document' },
    { keys: ['/'], act: 'Rechercher une entreprise', run: () => document.querySelector<HTMLInputElement>('.shell-search input')?.focus() },
    ...menuFor(role).slice(0, DIGITS).map(({ label, screen }, index) => ({ keys: ['Alt', String(index + 1)], act: label, run: () => navigate(screen) })),
    { keys: ['Alt', '←'], act: 'Revenir à l’écran précédent', run: goBack },
    { keys: ['Échap'], act: 'Fermer ce qui est ouvert' },
    { keys: ['←', '↑', '↓', '→'], act: 'Aller d’une case à l’autre dans la grille des pièces' },
    { keys: ['?'], act: 'Afficher cette liste', run: onHelp },
  ];
}

/** Keys of the reader that its own table does not hold. */
const readerKeys: readonly Shortcut[] = [
  { keys: ['Ctrl', 'F'], act: 'Rechercher dans le document' },
  { keys: ['Ctrl', 'P'], act: 'Imprimer' },
  ...viewerKeys.map(({ shown, act }) => ({ keys: shown, act })),
];

interface Props {
  readonly role: Role;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Everything that the keyboard does beyond Tab and Enter. */
export function ShortcutList({ role, opened, onClose }: Props): ReactNode {
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title="Raccourcis clavier">
      <div className="two-columns">
        <Shortcuts title="Partout" shortcuts={shortcutsFor(role, onClose)} />
        <Shortcuts title="Dans un document ouvert" shortcuts={readerKeys} />
      </div>
      <TourEntry onStarted={onClose} />
    </Dialog>
  );
}

function Shortcuts({ title, shortcuts }: { readonly title: string; readonly shortcuts: readonly Shortcut[] }): ReactNode {
  return (
    <section>
      <Title order={3} size="h4" mb={4}>{title}</Title>
      <Table withRowBorders={false} verticalSpacing={5} horizontalSpacing={0} aria-label={`Raccourcis clavier : ${title.toLocaleLowerCase('fr')}`}>
        <Table.Tbody>
          {shortcuts.map(({ keys, act }) => (
            <Table.Tr key={act}>
              <Table.Td w={96}>{keys.map((key) => <Kbd key={key} mr={4}>{key}</Kbd>)}</Table.Td>
              <Table.Td>{act}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

export function useShortcuts(role: Role, onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || (!event.altKey && isTyping(event.target))) return;
      const run = shortcutsFor(role, onHelp).find(({ keys }) => isPressed(keys, event))?.run;
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [role, onHelp]);
}

const keyNames: Readonly<Record<string, string>> = { '←': 'ArrowLeft' };

function isPressed(keys: readonly string[], event: KeyboardEvent): boolean {
  const last = keys.at(-1) ?? '';
  return event.altKey === (keys[0] === 'Alt') && event.key === (keyNames[last] ?? last);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

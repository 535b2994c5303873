import './all-styles';

import { ActionIcon, Drawer, Menu, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBug, IconChevronDown, IconLock, IconLogout, IconMenu2, IconUser } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';

import { hasRight, roleLabels } from '../../shared/domain/rights';
import { EnvironmentBadge } from '../components/environment-badge';
import { showFailure } from '../components/toasts';
import { TokenNotices } from '../features/habilitations';
import { QuotaGauge } from '../features/quota';
import { GlobalSearch } from '../features/search';
import { TourBar } from '../features/tour';
import { callMain } from './bridge';
import { CommandPalette } from './command-palette';
import { ConnectionState } from './connection-state';
import { ErrorBoundary } from './error-boundary';
import { followLinks } from './deep-link';
import { keepFocus } from './focus-keeper';
import { navigate, useNavigation } from './navigation';
import { Notices } from './notices';
import { windowTitle } from './screen-titles';
import { ScreenView } from './screens';
import { reportActivity, type Session, type StartState } from './session-store';
import { ShortcutList, useShortcuts } from './shortcuts';
import { SideMenu } from './side-menu';
import { tellLength } from './told-length';

/** Frame of the workstation: menu, search, screen, status. */
export function Shell({ start, session }: { readonly start: StartState; readonly session: Session }): ReactNode {
  const screen = useNavigation((state) => state.screen);
  const main = useRef<HTMLElement>(null);
  const [menuOpened, menu] = useDisclosure(false);
  const [shortcutsShown, shortcuts] = useDisclosure(false);
  const { role } = session.agent;
  useEffect(reportActivity, []);
  useEffect(followLinks, []);
  useEffect(keepFocus, []);
  useEffect(() => (main.current ? tellBarsHeight(main.current) : undefined), []);
  useShortcuts(role, shortcuts.open);
  useEffect(() => {
    document.title = windowTitle(screen.name);
    main.current?.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [screen]);
  return (
    <>
      <a className="skip-link" href="#contenu" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>Aller au contenu</a>
      <div className="shell">
        <div className="shell-nav"><SideMenu role={role} onChosen={menu.close} /></div>
        <header className="shell-top">
          <ActionIcon size="lg" aria-label="Ouvrir le menu" onClick={menu.open} className="menu-button"><IconMenu2 aria-hidden /></ActionIcon>
          <div className="shell-search">{hasRight(role, 'consult') && <GlobalSearch />}</div>
          <div className="shell-space" />
          <EnvironmentBadge environment={start.environment} />
          <AgentMenu session={session} />
        </header>
        <main className="shell-main" id="contenu" ref={main} tabIndex={-1}>
          <Notices notices={start.notices} />
          {hasRight(role, 'habilitations.read') && <TokenNotices role={role} />}
          <ErrorBoundary key={screen.name}><ScreenView screen={screen} /></ErrorBoundary>
        </main>
        <TourBar agent={session.agent} environment={start.environment} />
        <footer className="shell-status">
          {hasRight(role, 'habilitations.read') && <QuotaGauge />}
          <ConnectionState environment={start.environment} />
          <UnstyledButton className="status-item" style={{ marginLeft: 'auto' }} onClick={shortcuts.open}>Raccourcis <kbd aria-hidden>?</kbd></UnstyledButton>
          <span>Instruire {start.appVersion}</span>
        </footer>
      </div>
      <Drawer opened={menuOpened} onClose={menu.close} size={260} title="Menu" closeButtonProps={{ 'aria-label': 'Fermer le menu' }}>
        <div className="shell-nav" style={{ borderRadius: 8 }}><SideMenu role={role} onChosen={menu.close} /></div>
      </Drawer>
      <CommandPalette role={role} />
      <ShortcutList role={role} opened={shortcutsShown} onClose={shortcuts.close} />
    </>
  );
}

/** How high the bars under the screen are, as these come, go and wrap. */
function tellBarsHeight(main: HTMLElement): () => void {
  return tellLength('--bars-height', main, () => Math.max(0, window.innerHeight - main.getBoundingClientRect().bottom));
}

function AgentMenu({ session }: { readonly session: Session }): ReactNode {
  const { displayName, organisation, role } = session.agent;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <UnstyledButton aria-label={`Compte de ${displayName}`} style={{ display: 'flex', alignItems: 'center', gap: 6, fontSize: '0.9rem', fontWeight: 540 }}>
          {displayName}
          <IconChevronDown size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{roleLabels[role]} · {organisation}</Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => navigate({ name: 'account' })}>Mon compte</Menu.Item>
        {hasRight(role, 'diagnostics.read') && <Menu.Item leftSection={<IconBug size={16} aria-hidden />} onClick={() => navigate({ name: 'problem-report' })}>Signaler un problème</Menu.Item>}
        <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => void callMain('session.lock', undefined).catch(showFailure)}>Verrouiller</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void callMain('session.signOut', undefined).catch(showFailure)}>Se déconnecter</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

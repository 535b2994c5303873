import { UnstyledButton } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { hasRight, type Role } from '../../shared/domain/rights';
import { navigate, useNavigation } from './navigation';
import { menu, menuOf } from './screens';

export function SideMenu({ role, onChosen }: { readonly role: Role; readonly onChosen: () => void }): ReactNode {
  const current = menuOf[useNavigation((state) => state.screen.name)];
  return (
    <>
      <div className="brand"><IconFileCertificate size={24} stroke={1.6} aria-hidden />Instruire</div>
      <nav aria-label="Menu principal">
        {menu.filter(({ right }) => right === null || hasRight(role, right)).map(({ screen, label, icon: Icon }) => (
          <UnstyledButton
            key={screen.name}
            className="menu-item"
            aria-current={screen.name === current ? 'page' : undefined}
            onClick={() => {
              navigate(screen);
              onChosen();
            }}
          >
            <Icon size={19} stroke={1.6} aria-hidden />
            {label}
          </UnstyledButton>
        ))}
      </nav>
    </>
  );
}

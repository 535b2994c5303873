import { UnstyledButton } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Role } from '../../shared/domain/rights';
import { navigate, useNavigation } from './navigation';
import { menuFor, menuOf } from './screens';

export function SideMenu({ role, onChosen }: { readonly role: Role; readonly onChosen: () => void }): ReactNode {
  const current = menuOf[useNavigation((state) => state.screen.name)];
  return (
    <nav aria-label="Menu principal">
      <div className="brand"><IconFileCertificate size={24} stroke={1.6} aria-hidden />Instruire</div>
      {menuFor(role).map(({ screen, label, icon: Icon }) => (
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
  );
}

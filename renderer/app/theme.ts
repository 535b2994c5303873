import { createTheme } from '@mantine/core';

import { drawDialog, drawMessage } from '../components/said-once';
import { look } from './look';

const inPlace = { transition: 'fade', duration: 120 } as const;

export const theme = createTheme({
  ...look,
  components: {
    // Only what must interrupt says so (role="alert" where it is used).
    Alert: { defaultProps: { role: 'note', renderRoot: drawMessage } },
    // Drawn beside the name of its field, it says nothing more.
    ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
    Paper: { defaultProps: { radius: 'md' } },
    // One ground for all that lies on the page, in the dark theme too.
    Card: { defaultProps: { bg: 'var(--mantine-color-body)' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    // A wait has a role, so that its name is read.
    Loader: { defaultProps: { role: 'progressbar' } },
    Skeleton: { defaultProps: { role: 'progressbar' } },
    // A menu opens on its first item, as a menu button should, and stays inside the page's landmarks.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#contenu' } } },
    ModalContent: { defaultProps: { renderRoot: drawDialog } },
    DrawerContent: { defaultProps: { renderRoot: drawDialog } },
    // In its place from the first instant: a form that slides in moves under the pointer, and the click is lost.
    Drawer: { defaultProps: { transitionProps: inPlace } },
    Modal: { defaultProps: { transitionProps: inPlace } },
    ModalRoot: { defaultProps: { transitionProps: inPlace } },
    // A dialog's heading is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    // What scrolls is reachable from the keyboard, and its bar shows that there is more.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { type: 'auto', viewportProps: { tabIndex: 0 } } } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
  },
});

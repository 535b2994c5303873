import { createTheme, type MantineColorsTuple } from '@mantine/core';

import { drawDialog, drawMessage } from '../components/said-once';

/** Blue ink: the colour of a pen on paper, for what can be acted on. */
const ink: MantineColorsTuple = [
  '#eef3fa', '#d9e3f1', '#b3c7e3', '#8aa9d4', '#658ec6', '#4672b1', '#34629f', '#274f86', '#1d3f6e', '#142d51',
];
const amber: MantineColorsTuple = [
  '#fff6e8', '#fdeaca', '#f8d498', '#f2bc62', '#eca83a', '#d98d17', '#b97310', '#96590b', '#764508', '#573205',
];
/** Dark surfaces tinted with the same ink, from text (0) to the deepest ground (9). */
const dark: MantineColorsTuple = [
  '#d5dce6', '#b6c0ce', '#97a4b6', '#6b7a8f', '#3b485a', '#2f3b4b', '#243040', '#1a2431', '#131b26', '#0d141d',
];

const inPlace = { transition: 'fade', duration: 120 } as const;

export const theme = createTheme({
  colors: { ink, amber, dark },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 5 },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.8rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '640',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
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

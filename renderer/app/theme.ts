import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

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

/** Light-variant text and secondary text reach 4.5:1 on their grounds, the edge of a field 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#18212e',
    '--mantine-color-dimmed': '#56616f',
    '--mantine-color-placeholder': '#667180',
    '--mantine-color-error': '#b42318',
    '--app-ground': '#f5f7fa',
    '--app-line': '#e2e7ee',
    '--app-field-line': '#7f8a99',
    ...lightText(['red', 'orange', 'teal', 'green', 'blue', 'yellow', 'gray', 'amber', 'ink'], (name) => colors[name]?.[9] ?? '#18212e'),
    '--mantine-color-teal-light-color': '#05614a',
    '--mantine-color-green-light-color': '#1c6b2c',
    '--mantine-color-orange-light-color': '#97380a',
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-red-light-color': '#a61e1e',
  },
  dark: {
    '--mantine-color-body': '#131b26',
    '--mantine-color-text': '#dfe5ed',
    '--mantine-color-dimmed': '#a0acbb',
    '--mantine-color-placeholder': '#8b98a9',
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--app-ground': '#0d141d',
    '--app-line': '#263243',
    '--app-field-line': '#6b7a8f',
    '--mantine-color-anchor': '#8aa9d4',
    // Grounds of badges and notices that stand out from a card, which the darkest shades do not.
    '--mantine-color-ink-light': '#233450',
    '--mantine-color-ink-light-hover': '#2a3d5c',
    '--mantine-color-gray-light': '#2a3442',
    '--mantine-color-gray-light-hover': '#323d4d',
    ...lightText(['red', 'orange', 'teal', 'green', 'blue', 'yellow', 'gray', 'amber', 'ink'], (name) => colors[name]?.[2] ?? '#dfe5ed'),
  },
});

function lightText(names: readonly string[], colorOf: (name: string) => string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`--mantine-color-${name}-light-color`, colorOf(name)]));
}

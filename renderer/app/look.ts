import { createTheme, type MantineColorsTuple } from '@mantine/core';

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

/** Colours, letters and sizes: what `theme-variables.css` is made of. */
export const look = createTheme({
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
});

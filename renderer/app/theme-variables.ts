import { convertCssVariables, type CSSVariablesResolver, deepMerge, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';

import { look } from './look';

/** Light-variant text and secondary text reach 4.5:1 on their grounds, the edge of a field 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const cssVariables: CSSVariablesResolver = ({ colors }) => ({
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

const schemes: CSSVariablesResolver = () => ({ variables: {}, light: { '--mantine-color-scheme': 'light' }, dark: { '--mantine-color-scheme': 'dark' } });

/**
 * The theme as styles, one variable a line: what `theme-variables.css` holds. Worked out at each start, it would be a tenth of
 * the first drawing.
 */
export function themeVariablesSheet(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, look);
  const variables = [schemes, cssVariables].reduce((merged, resolve) => deepMerge(merged, resolve(whole)), defaultCssVariablesResolver(whole));
  return `${convertCssVariables(variables, ':root').replace(/[{;]/g, '$&\n').replace(/\n\n+/g, '\n').trim()}\n`;
}

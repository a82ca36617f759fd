/** Colors and shapes of the whole client; text keeps a contrast of 4.5:1 in light and dark. */
import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Without Mantine's helper for types: it would bring the parts along to pages that use none.
  components: {
    Avatar: { styles: { placeholder: { color: 'var(--mantine-color-text)' } } },
    // What it adds is no item, and a menu must have nothing but items.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#6a7178',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-red-light-color': '#a51111',
    '--mantine-color-teal-light-color': '#065f44',
    '--mantine-color-indigo-light-color': '#2f44ad',
    '--color-failure': 'var(--mantine-color-red-8)',
    '--color-added': '#1f7a34',
    '--color-changed': '#9a5700',
    '--color-ghost': 'var(--mantine-color-indigo-5)',
    '--color-glow': '#e9ebff',
  },
  dark: {
    '--mantine-color-dimmed': '#a9a9a9',
    '--mantine-color-placeholder': '#9b9b9b',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--color-failure': 'var(--mantine-color-red-4)',
    '--color-added': 'var(--mantine-color-green-4)',
    '--color-changed': 'var(--mantine-color-orange-4)',
    '--color-ghost': 'var(--mantine-color-indigo-5)',
    '--color-glow': '#2a2a55',
  },
});

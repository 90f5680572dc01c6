/** Mantine's defaults, tuned a little: the house's own colour, as on the pages of sign-in, and nothing else. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Around #2d4a8a, the accent of the server's own pages. */
const ink: MantineColorsTuple = [
  '#eef2fb',
  '#dbe3f4',
  '#b5c5e8',
  '#8ea6dd',
  '#6f8bd0',
  '#5576c4',
  '#4363b0',
  '#2d4a8a',
  '#263f76',
  '#1d315e',
]

export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        // Mantine's is a `header`, which in a dialog would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1.0625rem', lineHeight: '1.4' } },
  },
})

/** Mantine's quiet text is too pale to be read by everybody: 4.5 to 1 at least on every ground here. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a6ab',
    '--mantine-color-placeholder': '#9a9da2',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
})

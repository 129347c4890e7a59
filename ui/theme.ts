/** Mantine's part of the theme; colours of the page itself are the variables of `styles/tokens.css`. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const water: MantineColorsTuple = [
  '#e8f5fa',
  '#d3e8f1',
  '#a5d0e2',
  '#73b6d3',
  '#4ca0c5',
  '#3492bd',
  '#0b6e99',
  '#0a6389',
  '#075777',
  '#034a66',
];

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 6, dark: 4 },
  colors: { water },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** The chart look of the present theme, read from the CSS variables of the page. */
import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { localZone } from '../format/times.ts';
import type { ChartLook } from './chartLook.ts';

/** @param scheme set on the document first: Mantine may do so only after this render */
function readLook(compact: boolean, scheme: string): ChartLook {
  const page = document.documentElement;
  page.dataset['mantineColorScheme'] = scheme;
  const style = getComputedStyle(page);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: variable('--text'),
    muted: variable('--text-muted'),
    grid: variable('--line'),
    surface: variable('--surface'),
    good: variable('--good'),
    attention: variable('--attention'),
    bad: variable('--bad'),
    series: [1, 2, 3, 4, 5].map((i) => variable(`--series-${i}`)),
    // In double quotes of its own an exported drawing would not be well-formed.
    font: variable('--font').replaceAll('"', "'"),
    zone: localZone,
    compact,
  };
}

/** A new object whenever the theme or the width class changes, and only then. */
export function useLook(): ChartLook {
  const scheme = useComputedColorScheme('light');
  const compact = useMediaQuery('(max-width: 719px)') ?? false;
  return useMemo(() => readLook(compact, scheme), [compact, scheme]);
}

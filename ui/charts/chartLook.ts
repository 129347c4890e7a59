/**
 * Colours and type of a chart, taken from the page's CSS variables, so that a change of theme is one `setOption`.
 *
 * Palette after Okabe & Ito 2008 (distinct under the common colour-vision deficiencies), darkened or lightened per theme
 * until each colour has a contrast of 3:1 against its surface. Dashes and patterns tell series apart besides colour.
 */
export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly surface: string;
  /** Of what went well or ill; said in words or by a shape besides. */
  readonly good: string;
  readonly attention: string;
  readonly bad: string;
  /** Five colours for series. */
  readonly series: readonly string[];
  readonly font: string;
  /** IANA zone of the time axis. */
  readonly zone: string;
  /** Narrow screens get fewer labels. */
  readonly compact: boolean;
}

export const lightLook: ChartLook = {
  text: '#17212b',
  muted: '#566472',
  grid: '#e2e7ec',
  surface: '#ffffff',
  good: '#0f7a5a',
  attention: '#9a5b00',
  bad: '#c0362c',
  series: ['#0b6e99', '#c2571a', '#0f8463', '#a3528a', '#71808f'],
  font: 'system-ui, sans-serif',
  zone: 'UTC',
  compact: false,
};

export const darkLook: ChartLook = {
  ...lightLook,
  text: '#e6ecf1',
  muted: '#9cabb9',
  grid: '#26303a',
  surface: '#151c22',
  good: '#4cc79d',
  bad: '#ff8a7d',
  series: ['#5bb8de', '#f0935a', '#4cc79d', '#d78fc0', '#8797a6'],
};

export function seriesColor(look: ChartLook, index: number): string {
  return look.series[index % look.series.length] ?? look.text;
}

/** Words beside numbers and times, on all pages. */

export const effects = {
  unknown: 'not known yet',
  nothing: 'nothing yet',
  points: 'points',
  between: (low: string, high: string) => `between ${low} and ${high}`,
  least: (low: string) => `at least ${low}`,
  most: (high: string) => `at most ${high}`,
  lessThanDay: 'less than a day',
  days: (count: number) => (count === 1 ? 'day' : 'days'),
} as const;

export const times = {
  now: 'just now',
  ago: (span: string) => `${span} ago`,
} as const;

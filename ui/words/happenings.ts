/** Every word of what happened on an axis of time. */
import type { HappeningKind } from '../data/search.ts';

export const kindWords: Record<HappeningKind, string> = {
  experiment: 'Experiment',
  policy: 'Policy',
  metric: 'Metric',
  watch: 'Watch',
  deployment: 'Deployment',
  retraining: 'Retraining',
  calendar: 'Calendar',
  alert: 'Alert',
};

export const happened = {
  title: 'What happened meanwhile',
  summary: (count: number) =>
    count === 1
      ? 'One thing that happened, as numbered in the charts'
      : `${count} things that happened, as numbered in the charts`,
  none: 'Of what happened meanwhile nothing is shown.',
  shown: 'Shown in the charts',
  days: 'Days that are bands in the charts',
  kind: (name: string, count: number) => `${name} (${count})`,
} as const;

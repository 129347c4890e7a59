/** How well outside models do, by model: before labels come and after, and how long labels take. */
import { merge, share } from 'rxjs';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { where } from '../../operators/where.ts';
import { statistic } from '../../pipelines/statistic.ts';
import { classificationQuality } from '../../stats/streaming/classificationQuality.ts';
import { estimatedPerformance } from '../../stats/streaming/estimatedPerformance.ts';
import { labelDelay } from '../../stats/streaming/labelDelay.ts';

const prediction = 'context.prediction';
const age = 'context.age_ms';
const by = ['context.model'];

export const watch: Pipeline = {
  name: 'watch',
  version: 1,
  summary: 'How well outside models do, by model.',
  columns: { strings: by, numbers: [prediction, age] },
  build(events, context) {
    const told = events.pipe(where('type', 'prediction', 'label'), share());
    const labels = told.pipe(where('type', 'label'), share());
    const expected = { name: 'expected', columns: { prediction }, by };
    const decided = { name: 'decided', columns: { prediction }, by };
    const delay = { name: 'delay', columns: { age }, by };
    return merge(
      told.pipe(statistic(context, 'watch', estimatedPerformance, expected)),
      labels.pipe(statistic(context, 'watch', classificationQuality, decided)),
      labels.pipe(statistic(context, 'watch', labelDelay, delay)),
    );
  },
};

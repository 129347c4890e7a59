/** How long answers take, and how many are right, by course and hour. */
import { merge, share } from 'rxjs';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { watermark } from '../../operators/watermark.ts';
import { where } from '../../operators/where.ts';
import { statistic } from '../../pipelines/statistic.ts';
import { proportion } from '../../stats/streaming/proportion.ts';
import { quantiles } from '../../stats/streaming/quantiles.ts';

const value = 'context.latency_ms';
const hourly = { by: ['context.course'], windowMs: 3_600_000 };

export const pace: Pipeline = {
  name: 'pace',
  version: 1,
  summary: 'How long answers take, and how many are right.',
  columns: { strings: ['context.course'], numbers: [value] },
  build(events, context) {
    const clock = watermark({ latenessMs: 60_000, table: context.tables.objects('clock') });
    const answers = events.pipe(clock, where('type', 'answered'), share());
    const latency = { name: 'latency', columns: { value }, ...hourly };
    const solved = { name: 'solved', parameters: { alpha: 0.01 }, ...hourly };
    return merge(
      answers.pipe(statistic(context, 'pace', quantiles, latency)),
      answers.pipe(statistic(context, 'pace', proportion, solved)),
    );
  },
};

/** How well outside models do, by model and version: before labels come and after, and how long labels take. */
import type { Pipeline } from '../../contracts/pipeline.ts';
import { watermark } from '../../operators/watermark.ts';
import { monitor } from '../../pipelines/monitoring/monitor.ts';

export const watch: Pipeline = {
  name: 'watch',
  version: 1,
  summary: 'How well models do that predict who drops out.',
  columns: { strings: [], numbers: [] },
  build(events, context) {
    const clock = watermark({ latenessMs: 60_000, table: context.tables.objects('clock') });
    const dropout = { name: 'dropout', slices: ['context.course'] };
    return events.pipe(clock, monitor(context, 'watch', dropout));
  },
};

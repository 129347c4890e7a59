/** A pipeline that learns what users like from ratings, and nothing else. */
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { watermark } from '../../operators/watermark.ts';
import { preferences } from '../../pipelines/preferences/preferences.ts';

/** @param usersMax users in memory at once */
export function ratingsPipeline(usersMax: number): Pipeline {
  return {
    name: 'small',
    version: 1,
    summary: 'For tests.',
    columns: { strings: ['context.topic'], numbers: [] },
    build(events, context) {
      const timed = events.pipe(
        watermark({
          latenessMs: 0,
          timeless: ownTypeNames,
          table: context.tables.objects('clock'),
        }),
      );
      const options = {
        name: 'topic',
        attribute: 'context.topic',
        signals: [{ type: 'rated', times: 0.5, plus: -1.5 }],
        seen: ['viewed'],
        usersMax,
      };
      return timed.pipe(preferences(context, 'small', options));
    },
  };
}

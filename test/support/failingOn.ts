/** A pipeline whose code has a defect that certain batches bring out. */
import { tap } from 'rxjs';
import type { Batch } from '../../contracts/batch.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';

export function failingOn(pipeline: Pipeline, fails: (batch: Batch) => boolean): Pipeline {
  return {
    ...pipeline,
    build: (events, context) =>
      pipeline.build(
        events.pipe(
          tap((batch) => {
            if (fails(batch)) throw new Error('cannot digest this');
          }),
        ),
        context,
      ),
  };
}

/** What the address asks of a model: its newest windows, or those of the range, whose end is that of the newest. */
import { useQuery } from '@tanstack/react-query';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { windowOf } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { performanceQuery } from './queries.ts';

/** As long as what is shown, and ending where that begins. */
export function usePerformanceBefore({ pipeline, model, course }: ModelPerformance) {
  const { search } = useView();
  const { version, figure, compare } = search;
  const [from, to] = [course[0]?.start ?? 0, course.at(-1)?.end ?? 1];
  const shiftMs = to - from;
  const isAsked = compare === true && course.length > 0;
  const answer = useQuery({
    ...performanceQuery({
      pipeline,
      model,
      version,
      figure,
      window: { from: from - shiftMs, to: from },
    }),
    enabled: isAsked,
    // That the model did not predict then is an answer too.
    retry: false,
  });
  return isAsked ? { performance: answer.data, shiftMs, isUnknown: answer.isError } : undefined;
}

export function usePerformance(pipeline: string, model: string) {
  const { search } = useView();
  const { version, figure, course } = search;
  const asked = { pipeline, model, version, figure };
  const newest = useQuery(performanceQuery(asked));
  const end = newest.data?.to;
  const isRanged = course === 'range' && end !== undefined;
  const window = isRanged ? windowOf(search, { from: 0, to: end }) : { from: 0, to: 1 };
  const ranged = useQuery({
    ...performanceQuery({
      ...asked,
      window: { from: Math.floor(window.from), to: Math.ceil(window.to) },
    }),
    enabled: isRanged,
  });
  return isRanged ? ranged : newest;
}

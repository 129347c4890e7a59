/** What the address asks of a model: its newest windows, or those of the range, whose end is that of the newest. */
import { useQuery } from '@tanstack/react-query';
import { windowOf } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { performanceQuery } from './queries.ts';

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

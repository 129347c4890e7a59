/** Without a policy to judge: the metric that is looked at, over the range, and where it is going. */
import { useQuery } from '@tanstack/react-query';
import type { MetricSeries, MetricsAnswer } from '../../contracts/api.ts';
import { metricSeriesQuery } from '../data/queries.ts';
import type { BehindSearch } from '../data/search.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { changeWords } from '../format/changeWords.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatChange, formatCount, formatValue, missing } from '../format/numbers.ts';
import { Tile } from '../parts/Tile.tsx';
import { messages } from '../words/shell.ts';
import { halvesDifference, type Pooled, pooled } from './pooled.ts';

const words = messages.tiles;

/** Higher is better or worse as the metric is: no tone. */
function judge(change: Pooled | undefined): Judgement {
  if (change === undefined) return { tone: 'none', word: messages.states.none };
  const { mean, half } = change;
  const word = Math.abs(mean) <= half ? words.steady : mean > 0 ? words.rises : words.falls;
  return { tone: 'none', word };
}

/** Of the whole range. */
function behindRange(
  of: { readonly metric: string; readonly pipeline: string; readonly segment?: string | undefined },
  series: MetricSeries | undefined,
): BehindSearch | undefined {
  const [first, last] = [series?.points[0], series?.points.at(-1)];
  if (series === undefined || first === undefined || last === undefined) return undefined;
  return { of: 'metric', ...of, from: first.time, to: last.time + series.stepMs };
}

export function MetricTile({ metric }: { metric: MetricsAnswer['metrics'][number] | undefined }) {
  const { search } = useView();
  const asked = metric ?? { metric: '', pipeline: '', firstAt: 0, lastAt: 1 };
  const extent = { from: asked.firstAt, to: asked.lastAt };
  const of = { metric: asked.metric, pipeline: asked.pipeline, segment: search.segment };
  const enabled = metric !== undefined;
  const series = useQuery({ ...metricSeriesQuery(of, search, extent), enabled });
  const range = useRangeBefore();
  const earlier = useQuery({
    ...metricSeriesQuery(of, range?.search ?? search, extent),
    enabled: enabled && range !== undefined,
  });
  const points = series.data?.points ?? [];
  const [whole, change] = [pooled(points), halvesDifference(points)];
  const count = points.reduce((sum, point) => sum + (point.count ?? 0), 0);
  const before = range && pooled(earlier.data?.points ?? []);
  return (
    <Tile
      name={words.effect}
      definition="mean"
      figure={enabled && series.isPending ? undefined : formatValue(whole?.mean ?? null)}
      judgement={judge(change)}
      note={
        whole === undefined ? (
          missing
        ) : (
          <>
            {words.interval(
              formatValue(whole.mean - whole.half),
              formatValue(whole.mean + whole.half),
              formatCount(count),
            )}
            <br />
            {words.ofMetric(asked.metric)}
            {change !== undefined && `, ${words.halves(formatChange(change.mean, formatValue))}`}
          </>
        )
      }
      before={changeWords(whole?.mean, before?.mean, formatValue)}
      course={points.map(({ mean }) => mean)}
      behind={behindRange(of, series.data)}
    />
  );
}

/** One metric of the catalogue, small: its latest mean (or its count) and course; choosing it shows it large. */
import { useQuery } from '@tanstack/react-query';
import type { MetricsAnswer } from '../../contracts/api.ts';
import { isCounting } from '../charts/metricTrend.ts';
import { metricSeriesQuery } from '../data/queries.ts';
import { useView } from '../data/useView.ts';
import { formatCount, formatValue } from '../format/numbers.ts';
import { Sparkline } from '../parts/Sparkline.tsx';

interface Props {
  metric: MetricsAnswer['metrics'][number];
  selected: boolean;
  onSelect(): void;
}

export function MetricCard({ metric, selected, onSelect }: Props) {
  const { search } = useView();
  const extent = { from: metric.firstAt, to: metric.lastAt };
  const { pipeline, metric: name } = metric;
  const series = useQuery(metricSeriesQuery({ pipeline, metric: name }, search, extent));
  const points = series.data?.points ?? [];
  const counting = isCounting(points);
  const latest = points.findLast(({ mean }) => mean !== null);
  const count = points.reduce((sum, point) => sum + (point.count ?? 0), 0);
  return (
    <li>
      <button type="button" className="card metric-card" aria-pressed={selected} onClick={onSelect}>
        <span className="metric-name">{name}</span>
        <span className="metric-figure">
          {counting ? formatCount(count) : formatValue(latest?.mean ?? null)}
          {!counting && <span className="muted"> n {formatCount(count)}</span>}
        </span>
        <Sparkline
          values={points.map((point) => (counting ? point.count : point.mean))}
          height={28}
        />
      </button>
    </li>
  );
}

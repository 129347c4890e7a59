/** Metric trends: one metric large, by segment, and the rest of the catalogue small. */

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { MetricSeries, MetricsAnswer } from '../../contracts/api.ts';
import { Chart } from '../charts/Chart.tsx';
import {
  countTrend,
  isCounting,
  metricHeight,
  metricTable,
  metricTrend,
} from '../charts/metricTrend.ts';
import { metricSeriesQuery, metricsQuery } from '../data/queries.ts';
import type { BehindSearch } from '../data/search.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { EmptyRange, EmptySend } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { messages } from '../words/shell.ts';
import { MetricCard } from './MetricCard.tsx';

type Metric = MetricsAnswer['metrics'][number];

const words = messages.overview;
/** Of the table of a metric: what is compared with the range before. */
const meanColumns = [1];
const countColumns = [6];
/** Small cards shown before the reader asks for all. */
const cardsMax = 8;

/** The one that the address names, else the first. */
export function chosenMetric(
  metrics: readonly Metric[] | undefined,
  name: string | undefined,
): Metric | undefined {
  return metrics?.find(({ metric }) => metric === name) ?? metrics?.[0];
}

/** @param props.aside stands beside the large chart */
export function Metrics({ aside }: { aside?: ReactNode }) {
  const { search, change } = useView();
  const catalogue = useQuery(metricsQuery);
  const [all, setAll] = useState(false);
  const metrics = catalogue.data?.metrics ?? [];
  const chosen = chosenMetric(metrics, search.metric);
  const shown = all ? metrics : metrics.slice(0, cardsMax);
  const select = (metric: string) => change({ metric, segment: undefined });
  return (
    <Section
      title={words.metrics}
      text={words.metricsText}
      tools={
        chosen !== undefined && (
          <div className="section-tools">
            <NativeSelect
              size="xs"
              label={words.metric}
              data={[...new Set(metrics.map(({ metric }) => metric))]}
              value={chosen.metric}
              onChange={(event) => select(event.currentTarget.value)}
            />
            <SegmentSelect metric={chosen} />
          </div>
        )
      }
    >
      {catalogue.data === undefined && <Waiting answers={[catalogue]} height={metricHeight} />}
      {catalogue.data === undefined && aside}
      {catalogue.isSuccess && chosen === undefined && (
        <div className="card">
          <EmptySend title={messages.empty.noMetric} text={messages.empty.sendOne} />
        </div>
      )}
      {chosen === undefined && catalogue.isSuccess && aside}
      {chosen !== undefined && (
        <div className={aside === undefined ? undefined : 'two-thirds'}>
          <MetricChart metric={chosen} />
          {aside}
        </div>
      )}
      {metrics.length > 1 && (
        <ul className="metric-cards">
          {shown.map((metric) => (
            <MetricCard
              key={`${metric.pipeline}/${metric.metric}`}
              metric={metric}
              selected={metric === chosen}
              onSelect={() => select(metric.metric)}
            />
          ))}
        </ul>
      )}
      {metrics.length > cardsMax && (
        <button type="button" className="text-button" onClick={() => setAll(!all)}>
          {all ? words.fewerMetrics : words.moreMetrics(metrics.length - cardsMax)}
        </button>
      )}
    </Section>
  );
}

/** Segments that the address may name; the empty one is "all together". */
function SegmentSelect({ metric }: { metric: Metric }) {
  const { search, change } = useView();
  const segments = metric.segments.filter((segment) => segment !== '');
  if (segments.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      label={words.segment}
      data={[
        { value: '', label: words.allSegments },
        ...segments.map((segment) => ({ value: segment, label: segment })),
      ]}
      value={search.segment ?? ''}
      onChange={(event) => change({ segment: event.currentTarget.value || undefined })}
    />
  );
}

/** Of each point the events of its step. */
function behindPoint(
  { pipeline, metric }: Metric,
  segment: string | undefined,
  series: MetricSeries | undefined,
) {
  return (row: number): BehindSearch | undefined => {
    const point = series?.points[row];
    if (series === undefined || point === undefined || point.withheld) return undefined;
    const range = { from: point.time, to: point.time + series.stepMs };
    return { of: 'metric', pipeline, metric, segment, ...range };
  };
}

function MetricChart({ metric }: { metric: Metric }) {
  const { search } = useView();
  const extent = { from: metric.firstAt, to: metric.lastAt };
  const series = useQuery(
    metricSeriesQuery({ ...metric, segment: search.segment }, search, extent),
  );
  const before = useRangeBefore();
  const earlier = useQuery({
    ...metricSeriesQuery({ ...metric, segment: search.segment }, before?.search ?? search, extent),
    enabled: before !== undefined,
  });
  if (series.isError && series.data === undefined) {
    return (
      <div className="card">
        <Problem error={series.error} onRetry={() => void series.refetch()} />
      </div>
    );
  }
  const counting = isCounting(series.data?.points ?? []);
  const title =
    search.segment === undefined ? metric.metric : `${metric.metric} · ${search.segment}`;
  return (
    <div className="metric-chart">
      <Chart
        title={title}
        definition="mean"
        data={series.data?.points}
        tableOf={metricTable}
        option={counting ? countTrend : metricTrend}
        layered
        behind={behindPoint(metric, search.segment, series.data)}
        before={
          before && {
            data: earlier.data?.points,
            shiftMs: before.shiftMs,
            columns: counting ? countColumns : meanColumns,
          }
        }
        cursorSeries={counting ? 0 : 2}
        heightPx={metricHeight}
        empty={<EmptyRange />}
      />
      {series.data !== undefined && series.data.withheld > 0 && (
        <p className="muted">{words.withheld(series.data.withheld, series.data.groupMin)}</p>
      )}
    </div>
  );
}

/** Other readings of each comparison: adjusted by covariates, and Bayesian. No decision rests on them. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult, MetricResult, Reading } from '../../contracts/experimentResult.ts';
import { formatBetween, formatEstimate, formatLevel, formatSize } from '../format/effects.ts';
import { formatShare } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { definitions, readings as words } from '../words/experiments.ts';
import { nameOfMetric, nameOfVariant } from './chosen.ts';

interface Row {
  readonly metric: MetricResult;
  readonly reading: Reading;
}

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function ReadingsTable({ detail, result }: Props) {
  const rows: Row[] = result.metrics.flatMap((metric) =>
    (metric.readings ?? [])
      .filter(({ adjusted, bayesian }) => adjusted !== null || bayesian !== null)
      .map((reading) => ({ metric, reading })),
  );
  if (rows.length === 0) return null;
  const several = detail.experiment.variants.length > 2;
  const isAdjusted = rows.some(({ reading }) => reading.adjusted !== null);
  const believed: Column<Row>[] = [
    {
      label: words.believed,
      definition: { means: definitions.believed },
      cell: ({ metric: { kind }, reading: { bayesian } }) =>
        bayesian !== null && (
          <>
            <span className="nowrap">{formatEstimate(kind, bayesian.effect)}</span>
            <span className="cell-detail nowrap">
              {formatBetween(kind, bayesian.effect)}
              {bayesian.isInformed && `, ${words.informed}`}
            </span>
          </>
        ),
    },
    {
      label: words.better,
      number: true,
      cell: ({ reading: { bayesian } }) => bayesian && chance(bayesian.better),
    },
    {
      label: words.loss,
      definition: { means: definitions.loss },
      number: true,
      minor: true,
      cell: ({ metric: { kind }, reading: { bayesian } }) =>
        bayesian && formatSize(kind, bayesian.loss),
    },
  ];
  const columns: Column<Row>[] = [
    {
      label: words.metric,
      head: true,
      cell: ({ metric, reading }) => (
        <>
          {nameOfMetric(detail.metrics, metric.metric)}
          {several && <span className="cell-detail">{nameOfVariant(detail, reading.variant)}</span>}
        </>
      ),
    },
    ...(isAdjusted ? [adjustedColumn] : []),
    ...believed,
  ];
  return (
    <div className="card flush">
      <h3 className="card-title">{words.title}</h3>
      <DataTable
        label={words.title}
        columns={columns}
        rows={rows}
        keyOf={({ metric, reading }) => `${metric.metric} ${reading.variant}`}
      />
      <p className="card-note muted">{words.note}</p>
    </div>
  );
}

const adjustedColumn: Column<Row> = {
  label: words.adjusted,
  definition: { means: definitions.adjusted },
  cell: ({ metric: { kind }, reading: { adjusted } }) =>
    adjusted !== null && (
      <>
        <span className="nowrap">{formatEstimate(kind, adjusted.effect)}</span>
        <span className="cell-detail nowrap">{formatBetween(kind, adjusted.effect)}</span>
        <span className="cell-detail">
          {words.removed(whole(adjusted.removed), whole(adjusted.known))}
        </span>
      </>
    ),
};

function whole(value: number | null): string {
  return formatShare(value === null ? null : Math.max(0, value));
}

/** Never certain: neither 0 nor 1. */
function chance(value: number | null): string {
  if (value !== null && value > 0.999) return words.above;
  return value !== null && value < 0.001 ? words.below : formatLevel('binary', value);
}

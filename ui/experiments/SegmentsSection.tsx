/** Effects by segment: only the declared ones, all judged together, small groups left out. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type {
  Comparison,
  ExperimentResult,
  SegmentResult,
} from '../../contracts/experimentResult.ts';
import { formatBetween, formatEstimate } from '../format/effects.ts';
import { formatCount } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { IntervalBar } from '../parts/IntervalBar.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions, segments as words } from '../words/experiments.ts';
import { nameOfMetric, nameOfVariant } from './chosen.ts';
import { comparisonOf } from './standing.ts';

interface Row {
  readonly segment: SegmentResult;
  readonly comparison: Comparison;
}

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function SegmentsSection({ detail, result }: Props) {
  const { experiment, metrics } = detail;
  if (experiment.segments.length === 0) return null;
  const rows: Row[] = result.segments.flatMap((segment) =>
    segment.comparisons.map((comparison) => ({ segment, comparison })),
  );
  const severalMetrics = new Set(rows.map(({ segment }) => segment.metric)).size > 1;
  const severalVariants = experiment.variants.length > 2;
  const kindOf = ({ metric }: SegmentResult) =>
    result.metrics.find((each) => each.metric === metric)?.kind ?? 'continuous';
  const columns: Column<Row>[] = [
    { label: words.segment, head: true, cell: ({ segment }) => segment.segment },
    ...(severalMetrics
      ? [
          {
            label: words.metric,
            cell: ({ segment }: Row) => nameOfMetric(metrics, segment.metric),
          },
        ]
      : []),
    ...(severalVariants
      ? [
          {
            label: words.variant,
            cell: ({ comparison }: Row) => nameOfVariant(detail, comparison.variant),
          },
        ]
      : []),
    {
      label: words.units,
      number: true,
      cell: ({ segment }) => formatCount(segment.arms.reduce((sum, { units }) => sum + units, 0)),
    },
    {
      label: words.effect,
      definition: { means: definitions.effect },
      cell: ({ segment, comparison }) => (
        <>
          <span className="nowrap">{formatEstimate(kindOf(segment), comparison.effect)}</span>
          <span className="cell-detail nowrap">
            {formatBetween(kindOf(segment), comparison.effect)}
          </span>
        </>
      ),
    },
    {
      label: words.interval,
      minor: true,
      cell: ({ segment, comparison }) => (
        <IntervalBar
          effect={comparison.effect}
          reach={reachOf(rows.filter((row) => row.segment.metric === segment.metric))}
        />
      ),
    },
    {
      label: words.state,
      definition: { means: definitions.segments },
      cell: ({ comparison }) => {
        const { tone, word } = comparisonOf(comparison);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
  ];
  return (
    <Section title={words.title} text={words.text(experiment.segments.join(', '))}>
      <div className="card flush">
        {rows.length === 0 ? (
          <Empty title={words.none} />
        ) : (
          <DataTable
            label={words.title}
            columns={columns}
            rows={rows}
            keyOf={({ segment, comparison }) =>
              `${segment.segment} ${segment.metric} ${comparison.variant}`
            }
          />
        )}
        {result.suppressed > 0 && (
          <p className="card-note muted">{words.suppressed(result.suppressed)}</p>
        )}
      </div>
    </Section>
  );
}

/** The largest distance from zero that any of the intervals has. */
function reachOf(rows: readonly Row[]): number {
  return Math.max(
    ...rows.flatMap(({ comparison: { effect } }) => [
      Math.abs(effect.low ?? 0),
      Math.abs(effect.high ?? 0),
    ]),
  );
}

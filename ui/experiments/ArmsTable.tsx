/** The arms of one metric: who was scored, what they did, and how each compares with the control. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ArmSummary, Comparison, MetricResult } from '../../contracts/experimentResult.ts';
import { Behind } from '../behind/Behind.tsx';
import type { BehindSearch } from '../data/search.ts';
import {
  formatBetween,
  formatDetectable,
  formatEstimate,
  formatLevel,
  formatRelativeBetween,
} from '../format/effects.ts';
import { formatCount, formatEvidence, formatValue } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions, arms as words } from '../words/experiments.ts';
import { nameOfVariant } from './chosen.ts';
import { comparisonOf } from './standing.ts';

interface Row {
  readonly arm: ArmSummary;
  readonly comparison: Comparison | undefined;
}

interface Props {
  detail: ExperimentDetail;
  metric: MetricResult;
}

export function ArmsTable({ detail, metric }: Props) {
  const { control } = detail.experiment;
  const { kind, arms, comparisons, role } = metric;
  const rows: Row[] = arms.map((arm) => ({
    arm,
    comparison: comparisons.find(({ variant }) => variant === arm.variant),
  }));
  const compared = (render: (comparison: Comparison) => React.ReactNode) =>
    function Compared({ arm, comparison }: Row) {
      if (comparison !== undefined) return render(comparison);
      return arm.variant === control ? <span className="muted">{words.control}</span> : words.open;
    };
  const { key } = detail.experiment;
  const behind = (variant: string, counting?: string): BehindSearch => ({
    ...{ of: 'experiment', key, variant },
    ...(counting !== undefined && { metric: counting }),
  });
  const columns: Column<Row>[] = [
    { label: words.variant, head: true, cell: ({ arm }) => nameOfVariant(detail, arm.variant) },
    {
      label: words.units,
      number: true,
      cell: ({ arm }) => (
        <Behind
          asked={behind(arm.variant)}
          what={`${nameOfVariant(detail, arm.variant)}, ${words.units}, ${formatCount(arm.units)}`}
        >
          {formatCount(arm.units)}
        </Behind>
      ),
    },
    {
      label: words.immature,
      definition: { means: definitions.immature },
      number: true,
      minor: true,
      cell: ({ arm }) => formatCount(arm.immature),
    },
    {
      label: words.mean,
      number: true,
      cell: ({ arm }) => (
        <Behind
          asked={behind(arm.variant, metric.metric)}
          what={`${nameOfVariant(detail, arm.variant)}, ${words.mean}, ${formatLevel(kind, arm.mean)}`}
        >
          {formatLevel(kind, arm.mean)}
        </Behind>
      ),
    },
    {
      label: words.deviation,
      number: true,
      minor: true,
      cell: ({ arm }) => formatValue(arm.deviation),
    },
    {
      label: words.effect,
      definition: { means: definitions.effect },
      cell: compared(({ effect }) => (
        <>
          <span className="nowrap">{formatEstimate(kind, effect)}</span>
          {effect.estimate !== null && (
            <span className="cell-detail nowrap">{formatBetween(kind, effect)}</span>
          )}
        </>
      )),
    },
    {
      label: words.relative,
      minor: true,
      cell: ({ comparison }) =>
        comparison === undefined ? '' : formatRelativeBetween(comparison.relative),
    },
    {
      label: words.evidence,
      definition: { means: definitions.evidence },
      cell: ({ comparison }) =>
        comparison !== undefined && (
          <>
            {formatEvidence(comparison.lnE.either)}
            <span className="cell-detail">{words.methods[comparison.method]}</span>
          </>
        ),
    },
    {
      label: words.detectable,
      definition: { means: definitions.detectable },
      number: true,
      minor: true,
      cell: ({ comparison }) =>
        comparison === undefined ? '' : formatDetectable(kind, comparison.detectable),
    },
    {
      label: words.state,
      cell: ({ comparison }) => {
        if (comparison === undefined) return '';
        const { tone, word } = comparisonOf(comparison, role === 'guardrail');
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
  ];
  return (
    <div className="card flush">
      <h3 className="card-title">{words.title}</h3>
      <DataTable
        label={words.title}
        columns={columns}
        rows={rows}
        keyOf={({ arm }) => arm.variant}
      />
    </div>
  );
}

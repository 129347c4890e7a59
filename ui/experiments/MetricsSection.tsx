/** All metrics and variants side by side, other readings of them, and the guardrails with what became of them. */

import { useMemo } from 'react';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { Chart } from '../charts/Chart.tsx';
import { forestHeight, forestPlot, forestTable } from '../charts/forestPlot.ts';
import { useLook } from '../charts/useLook.ts';
import { formatBetween } from '../format/effects.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions, metrics as words } from '../words/experiments.ts';
import { ClusterLikeness } from './ClusterLikeness.tsx';
import { nameOfMetric, nameOfVariant } from './chosen.ts';
import { forestRows } from './forestRows.ts';
import { ReadingsTable } from './ReadingsTable.tsx';
import { comparisonOf } from './standing.ts';

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function MetricsSection({ detail, result }: Props) {
  const look = useLook();
  const rows = useMemo(() => forestRows(detail, result), [detail, result]);
  const heightPx = useMemo(
    () => forestHeight(forestTable(rows), look.compact),
    [rows, look.compact],
  );
  return (
    <Section title={words.title} text={words.text}>
      <Chart
        title={words.forestTitle}
        definition={{ means: definitions.forest }}
        data={rows}
        tableOf={forestTable}
        option={forestPlot}
        heightPx={heightPx}
        empty={<Empty title={words.none} />}
      />
      <ReadingsTable detail={detail} result={result} />
      <Guardrails detail={detail} result={result} />
      <ClusterLikeness detail={detail} result={result} />
    </Section>
  );
}

function Guardrails({ detail, result }: Props) {
  const guardrails = result.metrics.filter(({ role }) => role === 'guardrail');
  if (guardrails.length === 0) return null;
  return (
    <div className="card">
      <h3>{words.guardrails}</h3>
      <ul className="guardrails">
        {guardrails.flatMap(({ metric, kind, comparisons }) =>
          comparisons.map((comparison) => {
            const { tone, word } = comparisonOf(comparison, true);
            const name = nameOfMetric(detail.metrics, metric);
            return (
              <li key={`${metric} ${comparison.variant}`}>
                <StateWord tone={tone}>{word}</StateWord>
                <span>
                  <b>{name}</b>
                  {detail.experiment.variants.length > 2 &&
                    ` · ${nameOfVariant(detail, comparison.variant)}`}
                  <span className="muted"> {formatBetween(kind, comparison.effect)}</span>
                </span>
              </li>
            );
          }),
        )}
      </ul>
    </div>
  );
}

/** From which probability on to act: a slider, what it does in counts of cases, and what other thresholds would do. */
import { useCallback, useId } from 'react';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { thresholdCurve, thresholdHeight, thresholdTable } from '../charts/thresholdCurve.ts';
import { formatCount, formatShare, formatValue } from '../format/numbers.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { threshold as words } from '../words/models.ts';
import { ConfusionTable } from './ConfusionTable.tsx';
import { type Decided, decidedAt, flaggedOf, precisionOf, recallOf } from './decided.ts';
import { NoLabels } from './NoLabels.tsx';
import type { Threshold } from './useThreshold.ts';

interface Props {
  performance: ModelPerformance;
  threshold: Threshold;
}

export function ThresholdSection({ performance, threshold }: Props) {
  const { thresholds, total, model } = performance;
  const { chosen } = threshold;
  const decided = total.count === 0 ? undefined : decidedAt(thresholds, chosen);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => thresholdCurve(table, look, chosen),
    [chosen],
  );
  return (
    <Section title={words.title} text={words.text}>
      {decided === undefined ? (
        <div className="card">
          <NoLabels model={model} />
        </div>
      ) : (
        <div className="threshold-halves">
          <div className="card stack">
            <h3>{words.matrix}</h3>
            <Slider threshold={threshold} decided={decided} />
            <ConfusionTable decided={decided} />
            <Summary decided={decided} />
          </div>
          <Chart
            title={words.chart}
            text={words.chartText}
            definition={{ means: words.chartMeans }}
            data={thresholds}
            tableOf={thresholdTable}
            option={option}
            heightPx={thresholdHeight}
            empty={<Empty title={words.title} />}
          />
        </div>
      )}
    </Section>
  );
}

function Slider({ threshold, decided }: { threshold: Threshold; decided: Decided }) {
  const { chosen, usual, choose } = threshold;
  const id = useId();
  return (
    <div className="threshold">
      <label htmlFor={id}>{words.slider}</label>
      <output htmlFor={id}>{formatValue(chosen)}</output>
      <input
        id={id}
        type="range"
        min="0.01"
        max="0.99"
        step="0.01"
        value={chosen}
        aria-valuetext={words.valueText(formatValue(chosen), formatCount(flaggedOf(decided)))}
        onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
      />
      <p className="muted">
        {words.ofMonitor(formatValue(usual))}
        {chosen !== usual && (
          <button type="button" className="text-button" onClick={() => choose(usual)}>
            {words.back}
          </button>
        )}
      </p>
    </div>
  );
}

function Summary({ decided }: { decided: Decided }) {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = decided;
  const all = truePositives + falsePositives + trueNegatives + falseNegatives;
  return (
    <>
      <p>
        {words.summary(
          formatCount(flaggedOf(decided)),
          formatCount(all),
          formatCount(truePositives),
          formatCount(falseNegatives),
        )}
      </p>
      <dl className="facts four">
        <div>
          <dt>{words.precision}</dt>
          <dd>{formatShare(precisionOf(decided))}</dd>
        </div>
        <div>
          <dt>{words.recall}</dt>
          <dd>{formatShare(recallOf(decided))}</dd>
        </div>
      </dl>
    </>
  );
}

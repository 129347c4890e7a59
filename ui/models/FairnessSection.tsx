/** Whether it treats two groups alike, at each threshold; only where groups are declared. */
import { useCallback } from 'react';
import type { GroupFairness, ModelPerformance } from '../../contracts/performanceApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { fairnessCurve, fairnessHeight, fairnessTable } from '../charts/fairnessCurve.ts';
import { formatCount, formatPoints, formatRatio, formatValue } from '../format/numbers.ts';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { words as common, fairness as words } from '../words/models.ts';
import { groupsDeclaration } from './declarations.ts';

interface Props {
  performance: ModelPerformance;
  /** Where the slider stands. */
  chosen: number;
}

export function FairnessSection({ performance: { fairness, threshold }, chosen }: Props) {
  if (fairness === null) {
    return (
      <Section title={words.title}>
        <div className="card">
          <Empty title={words.none}>
            <p className="muted empty-text">{words.noneText}</p>
            <Command label={common.declareGroups} text={groupsDeclaration} />
          </Empty>
        </div>
      </Section>
    );
  }
  const { baseline, compared, isShown } = fairness;
  return (
    <Section title={words.title} text={words.text(baseline, compared)}>
      {isShown ? (
        <Curves fairness={fairness} threshold={threshold ?? 0.5} chosen={chosen} />
      ) : (
        <div className="card">
          <Empty title={words.hidden}>
            <p className="muted empty-text">{words.hiddenText}</p>
          </Empty>
        </div>
      )}
    </Section>
  );
}

interface CurvesProps {
  fairness: GroupFairness;
  threshold: number;
  chosen: number;
}

function Curves({ fairness, threshold, chosen }: CurvesProps) {
  const { groups } = fairness;
  const names = groups.map(({ name }) => name).join('\n');
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => fairnessCurve(table, look, names.split('\n'), chosen),
    [names, chosen],
  );
  return (
    <div className="two-thirds">
      <Chart
        title={words.chart}
        text={words.chartText}
        definition={{ means: words.chartMeans }}
        data={groups}
        tableOf={fairnessTable}
        option={option}
        cursorSeries={2}
        heightPx={fairnessHeight}
        empty={<Empty title={words.hidden} />}
      />
      <div className="card stack">
        <h3>{words.operating(formatValue(threshold))}</h3>
        <Differences fairness={fairness} />
      </div>
    </div>
  );
}

const rates = ['falseNegative', 'falsePositive', 'selection'] as const;

/** At the monitor's threshold: compared less baseline. */
function Differences({
  fairness: { groups, figures, baseline, compared },
}: {
  fairness: GroupFairness;
}) {
  const figure = (name: string) => figures[name] ?? null;
  return (
    <dl className="facts fairness-facts">
      {rates.map((rate) => (
        <div key={rate}>
          <dt>{words.rates[rate]}</dt>
          <dd>
            {formatPoints(figure(`${rate}Difference`))}
            <span className="cell-detail">
              {words.between(
                formatPoints(figure(`${rate}DifferenceLower`)),
                formatPoints(figure(`${rate}DifferenceUpper`)),
                compared,
                baseline,
              )}
            </span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{words.abroca}</dt>
        <dd>
          {formatRatio(figure('abroca'))}
          <span className="cell-detail">{words.abrocaText(formatValue(figure('abrocaP')))}</span>
        </dd>
      </div>
      {groups.map(({ name, count }) => (
        <div key={name}>
          <dt>{words.cases(name)}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

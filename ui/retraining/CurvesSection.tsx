/** How the model learnt: loss by round, and by attempt where parameters were searched. */
import { useCallback } from 'react';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import {
  bestRound,
  lossCurve,
  lossHeight,
  lossTable,
  searchCurve,
  searchTable,
} from '../charts/lossCurve.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/retraining.ts';

export function CurvesSection({ run: { curves, state } }: { run: TrainingRun }) {
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => lossCurve(table, look, bestRound(curves)),
    [curves],
  );
  const hasSearch = curves.some(({ name, losses }) => name === 'search' && losses.length > 0);
  return (
    <Section title={words.curves}>
      <div className={hasSearch ? 'two-thirds' : 'stack'}>
        <Chart
          title={words.lossChart}
          text={words.curvesText}
          definition={{ means: words.curvesMeans }}
          data={curves}
          tableOf={lossTable}
          option={option}
          heightPx={lossHeight}
          empty={
            <Empty title={words.noCurves}>
              <p className="muted">
                {state === 'running' ? words.noCurvesText : words.noCurvesEver}
              </p>
            </Empty>
          }
        />
        {hasSearch && (
          <Chart
            title={words.searchTitle}
            text={words.searchText}
            definition={{ means: words.searchMeans }}
            data={curves}
            tableOf={searchTable}
            option={searchCurve}
            heightPx={lossHeight}
            empty={null}
          />
        )}
      </div>
    </Section>
  );
}

/** Learning curve and reliability of the chosen model, side by side. */
import type { ModelDetail } from '../../contracts/api.ts';
import { Chart } from '../charts/Chart.tsx';
import { learningCurve, learningHeight, learningTable } from '../charts/learningCurve.ts';
import { reliability, reliabilityHeight, reliabilityTable } from '../charts/reliability.ts';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { messages } from '../words/shell.ts';
import { behindStep } from './behindModel.ts';

const words = messages.overview;

/** Both charts have the height of the taller. */
const heightPx = Math.max(learningHeight, reliabilityHeight);

/** AUC and log loss. */
const comparedColumns = [1, 5];

interface Props {
  name: string;
  model: ModelDetail | undefined;
  /** In the range before, while the reader compares. */
  before: { readonly model: ModelDetail | undefined; readonly shiftMs: number } | undefined;
}

export function ModelCharts({ name, model, before }: Props) {
  return (
    <div className="two-thirds">
      <Chart
        title={words.learning}
        text={words.learningText(name)}
        definition="learning"
        data={model?.points}
        tableOf={learningTable}
        option={learningCurve}
        layered
        behind={(row) => behindStep(model, row)}
        before={
          before && {
            data: before.model?.points,
            shiftMs: before.shiftMs,
            columns: comparedColumns,
          }
        }
        cursorSeries={2}
        heightPx={heightPx}
        empty={<EmptyRange />}
      />
      <Chart
        title={words.reliability}
        text={words.reliabilityText}
        definition="reliability"
        data={model?.calibration}
        tableOf={reliabilityTable}
        option={reliability}
        cursorSeries={2}
        heightPx={heightPx}
        empty={<Empty title={messages.empty.noCalibration} />}
      />
    </div>
  );
}

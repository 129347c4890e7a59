/** Whether predictions mean what they say, with the number of cases behind each point. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { Chart } from '../charts/Chart.tsx';
import { reliability, reliabilityHeight, reliabilityTable } from '../charts/reliability.ts';
import { Empty } from '../parts/Empty.tsx';
import { reliability as words } from '../words/models.ts';
import { messages } from '../words/shell.ts';

export function ReliabilityCard({ performance }: { performance: ModelPerformance }) {
  return (
    <Chart
      title={words.title}
      text={words.text}
      definition={{ means: words.means }}
      data={performance.reliability}
      tableOf={reliabilityTable}
      option={reliability}
      cursorSeries={2}
      heightPx={reliabilityHeight}
      empty={<Empty title={messages.empty.noCalibration} />}
    />
  );
}

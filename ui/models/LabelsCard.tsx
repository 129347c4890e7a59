/** How long labels take, and what became of predictions and labels. */
import type { LabelDelayCurve, ModelPerformance } from '../../contracts/performanceApi.ts';
import { Chart } from '../charts/Chart.tsx';
import { delayCurve, delayHeight, delayTable } from '../charts/delayCurve.ts';
import { formatCount, formatDuration } from '../format/numbers.ts';
import { Empty } from '../parts/Empty.tsx';
import { labels as words } from '../words/models.ts';
import { NoLabels } from './NoLabels.tsx';

export function LabelsCard({
  performance: { delay, labels, model, kind },
}: {
  performance: ModelPerformance;
}) {
  if (delay === null && labels === null) {
    return (
      <div className="card">
        <Empty title={words.atOnce}>
          <p className="muted">{words.atOnceText}</p>
        </Empty>
      </div>
    );
  }
  return (
    <div className="stack">
      <Chart
        title={words.title}
        text={delay === null ? words.text : `${words.text} ${delayWords(delay)}`}
        definition={{ means: words.means }}
        data={delay ?? nothing}
        tableOf={delayTable}
        option={delayCurve}
        cursorSeries={2}
        heightPx={delayHeight}
        empty={
          // Where probabilities are decided upon, the page has the commands already.
          kind === 'number' ? (
            <NoLabels model={model} />
          ) : (
            <Empty title={words.none}>
              <p className="muted">{words.noneYet}</p>
            </Empty>
          )
        }
      />
      {labels !== null && <Outcomes labels={labels} />}
    </div>
  );
}

const nothing = { points: [] };

/** "Half within 8 h, nine in ten within 2 days." */
function delayWords({ p50, p90 }: LabelDelayCurve): string {
  if (p50 === null) return `${capital(words.noHalf)}.`;
  const told = [
    words.half(formatDuration(p50)),
    ...(p90 === null ? [] : [words.most(formatDuration(p90))]),
  ];
  return `${capital(told.join(', '))}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What never happened is left out. */
function Outcomes({ labels }: { labels: Readonly<Record<string, number | null>> }) {
  const told = Object.entries(words.outcomeNames).filter(([name]) => (labels[name] ?? 0) > 0);
  return (
    <section className="card" aria-label={words.outcomes}>
      <h3>{words.outcomes}</h3>
      <dl className="facts outcomes">
        {told.map(([name, word]) => (
          <div key={name}>
            <dt>{word}</dt>
            <dd>{formatCount(labels[name] ?? null)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Why a run began: the sentence, the figures that told, and where to look. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import { modelsQuery } from '../data/queries.ts';
import { keepView } from '../data/search.ts';
import { formatDuration, formatValue } from '../format/numbers.ts';
import { causeWords, figureWords, detail as words } from '../words/retraining.ts';

export function CauseCard({ run }: { run: TrainingRun }) {
  const { kind, sentence, figures } = run.cause;
  const named = Object.entries(figures);
  return (
    <section className="card stack" aria-label={words.cause}>
      <h2>{words.cause}</h2>
      <p>
        <b>{causeWords[kind]}.</b> {sentence}
      </p>
      {named.length > 0 && (
        <dl className="facts cause-figures" aria-label={words.figures}>
          {named.map(([name, value]) => (
            <div key={name}>
              <dt>{figureWords[name] ?? name}</dt>
              <dd>{name.endsWith('Ms') ? formatDuration(value) : formatValue(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Where run={run} />
    </section>
  );
}

function Where({ run: { model, cause } }: { run: TrainingRun }) {
  const own = useQuery(modelsQuery);
  const pipeline = own.data?.models.find(({ name }) => name === model)?.pipeline;
  switch (cause.kind) {
    case 'drift':
      return (
        <Link to="/drift" search={keepView} className="text-button">
          {words.toDrift}
        </Link>
      );
    case 'performance':
    case 'calibration':
    case 'fairness':
      if (pipeline === undefined) return null;
      return (
        <Link
          to="/models/$pipeline/$model"
          params={{ pipeline, model }}
          search={keepView}
          className="text-button"
        >
          {words.toModel}
        </Link>
      );
    case 'volume':
    case 'schedule':
      return (
        <Link
          to="/models/$model/versions/plan"
          params={{ model }}
          search={keepView}
          className="text-button"
        >
          {words.toPlan}
        </Link>
      );
    case 'manual':
    case 'import':
      return null;
  }
}

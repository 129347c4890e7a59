/** What came of a run, and why it was or was not promoted. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServedSpan, TrainingRunDetail } from '../../contracts/modelLifeApi.ts';
import { keepView } from '../data/search.ts';
import { formatShare } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { lifeQuery } from '../versions/queries.ts';
import { detail as words } from '../words/retraining.ts';
import { judgeRun } from './runs.ts';

export function ResultCard({ detail: { run, release } }: { detail: TrainingRunDetail }) {
  const { model, version, sentence, state } = run;
  const { tone, word } = judgeRun(run);
  const life = useQuery({ ...lifeQuery(model), enabled: release?.phase === 'aborted' });
  const isByHand = version !== null && wasChampion(life.data?.served ?? [], version);
  return (
    <section className="card stack" aria-label={words.result}>
      <h2>{words.result}</h2>
      <p>
        <StateWord tone={tone}>
          <b>{word}.</b>
        </StateWord>{' '}
        {sentence === '' || state === 'running' ? words.notYet : sentence}
      </p>
      {version !== null && (
        <p className="actions">
          <Link
            to="/models/$model/versions/$version"
            params={{ model, version }}
            search={keepView}
            className="button small"
          >
            {words.gatesOf(version)}
          </Link>
          {release !== null && (
            <Link
              to="/models/$model/versions"
              params={{ model }}
              search={keepView}
              className="button small"
            >
              {words.toRelease}
            </Link>
          )}
        </p>
      )}
      {version !== null && state !== 'refused' && (
        <>
          <p>
            {release === null
              ? words.released.none(version)
              : release.phase === 'aborted' && isByHand
                ? words.released.byHand(version)
                : words.released[release.phase](version, formatShare(release.share))}
          </p>
          {release !== null && (
            <div>
              <p className="field-label">{words.releaseSteps}</p>
              <ol className="release-steps">
                {release.steps.map(({ at, sentence: said, actor }) => (
                  <li key={`${at} ${said}`}>
                    <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
                    <span>
                      {said} <span className="muted">({actor})</span>
                    </span>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** A version without a promotion that served everybody was put there by somebody. */
function wasChampion(served: readonly ServedSpan[], version: string): boolean {
  return served.some(({ shares }) =>
    shares.some((each) => each.version === version && each.share === 1),
  );
}

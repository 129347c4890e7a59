/** How well it does in words, whose model it is, and what must be known to read the rest rightly. */
import { Link } from '@tanstack/react-router';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { type FigureName, keepView } from '../data/search.ts';
import { formatDuration } from '../format/numbers.ts';
import { Belongs } from '../parts/Belongs.tsx';
import { Headline } from '../parts/Headline.tsx';
import { words as common, detail as words } from '../words/models.ts';
import { assumptionsOf } from './assumptions.ts';
import { performanceSentence } from './performanceSentence.ts';
import { VersionChoice } from './VersionChoice.tsx';

interface Props {
  performance: ModelPerformance;
  figure: FigureName;
  /** Of the engine's own models. */
  life: ModelLife | undefined;
}

export function DetailHead({ performance, figure, life }: Props) {
  const { pipeline, model, version, monitor, course, windowMs, isTruncated } = performance;
  const { tone, word } = performanceSentence(performance, figure);
  const assumptions = assumptionsOf(performance);
  const isBroken = assumptions.some((each) => each.tone === 'attention');
  const day = 86_400_000;
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/models" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {model}
            </>
          }
          tone={tone === 'good' && isBroken ? 'attention' : tone}
        >
          {word}
        </Headline>
        {life !== undefined && (
          <div className="actions">
            <VersionChoice life={life} version={version} />
            <Link
              to="/models/$model/versions"
              params={{ model }}
              search={keepView}
              className="button"
            >
              {words.versions}
            </Link>
          </div>
        )}
      </div>
      <p className="standing">
        <span>{words.version(version)}</span>
        <span>{words.pipeline(pipeline)}</span>
        <span>{monitor === null ? common.ownMonitor : words.monitor(monitor)}</span>
        <span>
          {words.windows(course.length, windowMs === day ? words.aDay : formatDuration(windowMs))}
        </span>
        <Belongs kind="model" of={model} name={model} />
      </p>
      {assumptions.map((each) => (
        <p key={each.text} className={`notice ${each.tone}`}>
          {each.text}
        </p>
      ))}
      {isTruncated && <p className="notice">{words.truncated}</p>}
    </>
  );
}

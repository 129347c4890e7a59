/** How well it does in words, whose model it is, and what must be known to read the rest rightly. */
import { Link } from '@tanstack/react-router';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { type FigureName, keepView } from '../data/search.ts';
import { formatDuration } from '../format/numbers.ts';
import { Headline } from '../parts/Headline.tsx';
import { assumptionsOf } from './assumptions.ts';
import { performanceSentence } from './performanceSentence.ts';
import { words as common, detail as words } from './words.ts';

interface Props {
  performance: ModelPerformance;
  figure: FigureName;
}

export function DetailHead({ performance, figure }: Props) {
  const { pipeline, model, version, monitor, course, windowMs, isTruncated } = performance;
  const { tone, word } = performanceSentence(performance, figure);
  const assumptions = assumptionsOf(performance);
  const isBroken = assumptions.some((each) => each.tone === 'attention');
  const day = 86_400_000;
  return (
    <>
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
      <p className="standing">
        <span>{words.version(version)}</span>
        <span>{words.pipeline(pipeline)}</span>
        <span>{monitor === null ? common.ownMonitor : words.monitor(monitor)}</span>
        {monitor === null && (
          <Link to="/models/$model/versions" params={{ model }} search={keepView}>
            {words.versions}
          </Link>
        )}
        <span>
          {words.windows(course.length, windowMs === day ? words.aDay : formatDuration(windowMs))}
        </span>
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

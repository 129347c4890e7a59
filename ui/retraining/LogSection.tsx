/** What a run said on its way, the newest in view while it goes on. */
import { useEffect, useRef } from 'react';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import { formatInstant } from '../format/times.ts';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/retraining.ts';

/** Nearer to its end than this, it follows what is added, px. */
const nearPx = 40;

export function LogSection({ log }: Pick<TrainingRun, 'log'>) {
  const box = useRef<HTMLElement>(null);
  const isFollowing = useRef(true);
  useEffect(() => {
    const { current } = box;
    if (current !== null && isFollowing.current) current.scrollTop = current.scrollHeight;
  }, [log.length]);
  return (
    <Section title={words.log} text={words.logText}>
      {log.length === 0 ? (
        <p className="card muted">{words.noLog}</p>
      ) : (
        <section
          ref={box}
          className="card run-log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={words.logLines}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            isFollowing.current = scrollHeight - scrollTop - clientHeight < nearPx;
          }}
        >
          <ol>
            {log.map(({ at, sentence }, i) => (
              <li key={`${i} ${at}`}>
                <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
                <span>{sentence}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Section>
  );
}

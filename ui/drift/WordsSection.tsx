/** What kind of drift it is, of what and since when, the most telling first. */
import { Link } from '@tanstack/react-router';
import type { DriftAnswer, DriftWord } from '../../contracts/driftApi.ts';
import type { Tone } from '../format/judgements.ts';
import { formatDate } from '../format/times.ts';
import { Definition } from '../parts/Definition.tsx';
import { Section } from '../parts/Section.tsx';
import { StateShape } from '../parts/StateWord.tsx';
import { kinds, wordList as words } from '../words/drift.ts';
import { mostTelling } from './driftSentence.ts';
import { withDay } from './withDay.ts';

const tones: Record<DriftWord['word'], Tone> = {
  'data-quality break': 'bad',
  'concept drift': 'bad',
  'label shift': 'attention',
  'data drift': 'attention',
};

export function WordsSection({ answer }: { answer: DriftAnswer }) {
  const unknown = answer.alarms.filter(({ at }) => at === null);
  const most = mostTelling(answer);
  const sorted = most === undefined ? [] : [most, ...answer.words.filter((each) => each !== most)];
  return (
    <Section title={words.title} text={words.text}>
      <div className="card">
        {sorted.length === 0 && <p className="muted">{words.none}</p>}
        <ul className="drift-words">
          {sorted.map((each) => (
            <WordEntry key={`${each.word} ${each.subject} ${each.sentence}`} of={each} />
          ))}
        </ul>
        {unknown.length > 0 && (
          <details className="drift-alarms">
            <summary>{words.alarms}</summary>
            <ul>
              {unknown.map(({ statistic, key, alarms }) => (
                <li key={`${statistic} ${key}`}>{words.alarm(statistic, key, alarms)}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Section>
  );
}

function WordEntry({ of: { word, subject, column, sentence, since } }: { of: DriftWord }) {
  const { name, means } = kinds[word];
  return (
    <li>
      <div className="drift-word">
        <StateShape tone={tones[word]} />
        <b>
          <Definition of={{ means }}>{name}</Definition>
        </b>
        <span className="cell-detail">
          {since === null ? words.unknownSince : words.since(formatDate(since, 'UTC'))}
        </span>
      </div>
      <p>
        {sentence}{' '}
        {column !== null && (
          <Link to="/drift/$column" params={{ column }} search={withDay(undefined)}>
            {words.open(subject)}
          </Link>
        )}
      </p>
    </li>
  );
}

/** What is learnt of a person's likings: each value with its bar about "as others do", and the error of that. */
import type { UserAnswer } from '../../contracts/userApi.ts';
import { formatChange, formatCount, formatValue } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { Section } from '../parts/Section.tsx';
import { barHeight, barWidth, SignedBar } from '../parts/SignedBar.tsx';
import { person as words } from '../words/person.ts';
import { definitions } from '../words/personalization.ts';

type Preference = UserAnswer['preferences'][number];

export function Preferences({ preferences }: Pick<UserAnswer, 'preferences'>) {
  return (
    <Section title={words.likes} text={words.likesText}>
      {preferences.length === 0 ? (
        <p className="card muted">{words.nothingLearnt}</p>
      ) : (
        <div className="preferences">
          {preferences.map((preference) => (
            <PreferenceCard key={preference.name} preference={preference} />
          ))}
        </div>
      )}
    </Section>
  );
}

function PreferenceCard({
  preference: { name, events, words: sentence, values },
}: PreferenceProps) {
  const reach = Math.max(...values.map((each) => Math.abs(each.affinity) + each.standardError), 0);
  return (
    <div className="card stack">
      <h3>
        <Definition of={{ means: definitions.affinity }}>{name}</Definition>{' '}
        <span className="muted">{words.outcomes(events, formatCount(events))}</span>
      </h3>
      <p>{sentence}</p>
      <ul className="contributions likings">
        {values.map((each) => (
          <li key={each.value}>
            <span>
              {each.value}
              <span className="cell-detail">{each.words}</span>
            </span>
            <LikingBar {...each} reach={reach} />
            <b>
              {formatChange(each.affinity, formatValue)}
              <span className="cell-detail">± {formatValue(each.standardError)}</span>
            </b>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PreferenceProps {
  preference: Preference;
}

const edge = 3;

interface BarProps {
  affinity: number;
  standardError: number;
  /** The largest distance from zero that has a place. */
  reach: number;
}

/** From zero to the affinity; the line over it is one standard error to each side. */
function LikingBar({ affinity, standardError, reach }: BarProps) {
  const x = (value: number) => barWidth / 2 + (value / (reach || 1)) * (barWidth / 2 - edge);
  const fill = affinity >= 0 ? 'var(--series-1)' : 'var(--series-2)';
  return (
    <SignedBar zero={x(0)} from={x(0)} to={x(affinity)} fill={fill} opacity={0.75}>
      <line
        x1={x(affinity - standardError)}
        x2={x(affinity + standardError)}
        y1={barHeight / 2}
        y2={barHeight / 2}
        stroke="var(--text)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </SignedBar>
  );
}

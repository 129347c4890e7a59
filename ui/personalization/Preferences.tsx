/** What is learnt of a person's likings: each value with its bar about "as others do", and the error of that. */
import type { UserAnswer } from '../../contracts/userApi.ts';
import { formatChange, formatCount, formatValue } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { Section } from '../parts/Section.tsx';
import { definitions, person as words } from './words.ts';

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

const width = 200;
const height = 16;
const edge = 3;

interface BarProps {
  affinity: number;
  standardError: number;
  /** The largest distance from zero that has a place. */
  reach: number;
}

/** From zero to the affinity; the line over it is one standard error to each side. */
function LikingBar({ affinity, standardError, reach }: BarProps) {
  const x = (value: number) => width / 2 + (value / (reach || 1)) * (width / 2 - edge);
  const [zero, end] = [x(0), x(affinity)];
  const middle = height / 2;
  return (
    <svg
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line
        x1={zero}
        x2={zero}
        y1="0"
        y2={height}
        stroke="var(--line-strong)"
        vectorEffect="non-scaling-stroke"
      />
      <rect
        x={Math.min(zero, end)}
        y="3"
        width={Math.max(1, Math.abs(end - zero))}
        height={height - 6}
        fill={affinity >= 0 ? 'var(--series-1)' : 'var(--series-2)'}
        opacity="0.75"
      />
      <line
        x1={x(affinity - standardError)}
        x2={x(affinity + standardError)}
        y1={middle}
        y2={middle}
        stroke="var(--text)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

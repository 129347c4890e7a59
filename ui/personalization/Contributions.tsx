/** What each thing adds to the score of an action, as bars about zero that add up to it. */
import type { PolicyExplanation } from '../../contracts/policyApi.ts';
import { formatChange, formatValue, missing } from '../format/numbers.ts';
import { reasonName } from './explainWords.ts';
import { user as words } from './words.ts';

type Explained = PolicyExplanation['actions'][number];

interface Props {
  explained: Explained;
  attributes: Readonly<Record<string, unknown>>;
}

const width = 200;
const height = 16;
const edge = 2;

export function Contributions({ explained: { reasons, mean }, attributes }: Props) {
  const sums = [0, ...runningSums(reasons)];
  const [least, largest] = [Math.min(...sums), Math.max(...sums)];
  const place = (value: number) =>
    edge + ((value - least) / (largest - least || 1)) * (width - 2 * edge);
  const zero = place(0);
  let sum = 0;
  return (
    <ul className="contributions">
      {reasons.map(({ feature, value, weight, score }) => {
        const from = sum;
        sum += score;
        const isPlain = feature === 'bias' || value === 1;
        return (
          <li key={feature}>
            <span>
              {reasonName(feature, attributes)}
              {!isPlain && (
                <span className="cell-detail">
                  {words.times(formatValue(value), formatValue(weight))}
                </span>
              )}
            </span>
            <Bar zero={zero} from={place(from)} to={place(sum)} isUp={score >= 0} />
            <b>{formatChange(score, formatValue)}</b>
          </li>
        );
      })}
      <li className="total">
        <span>{words.total}</span>
        <Bar zero={zero} from={zero} to={place(sum)} />
        <b>{mean === null ? missing : formatValue(mean)}</b>
      </li>
    </ul>
  );
}

/** Each bar begins where the one before it ends. */
function runningSums(reasons: Explained['reasons']): number[] {
  let sum = 0;
  return reasons.map(({ score }) => {
    sum += score;
    return sum;
  });
}

interface BarProps {
  zero: number;
  from: number;
  to: number;
  /** Absent: the whole. */
  isUp?: boolean;
}

function Bar({ zero, from, to, isUp }: BarProps) {
  const color =
    isUp === undefined ? 'var(--text-muted)' : isUp ? 'var(--series-1)' : 'var(--series-2)';
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
        x={Math.min(from, to)}
        y="3"
        width={Math.max(1, Math.abs(to - from))}
        height={height - 6}
        fill={color}
      />
    </svg>
  );
}

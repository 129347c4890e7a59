/**
 * Whether a promise was kept, as one row of a forest plot: no change in the middle, the promised range as a pale field, the
 * change that was measured with its interval. Each has a scale of its own; the words beside it say the figures.
 */
import type { InsightPromise, Outcome } from '../../contracts/insight.ts';

interface Props {
  change: Outcome['change'];
  promise: Pick<InsightPromise, 'low' | 'high'> | null;
  tone: string;
}

const width = 180;
const height = 30;
const edge = 8;

/** The largest distance from no change that is drawn; 0 where nothing is known. */
export function reachOf({ change, promise }: Pick<Props, 'change' | 'promise'>): number {
  const figures = [change.estimate, change.lower, change.upper, promise?.low, promise?.high];
  return Math.max(0, ...figures.flatMap((value) => (value == null ? [] : [Math.abs(value)])));
}

export function OutcomeBar({ change, promise, tone }: Props) {
  const { estimate, lower, upper } = change;
  const reach = reachOf({ change, promise });
  if (reach === 0 || estimate === null) return null;
  const x = (value: number) => width / 2 + (value / reach) * (width / 2 - edge);
  const middle = height / 2;
  const isPromised = promise !== null && (promise.low !== null || promise.high !== null);
  // An open end reaches to the edge on its side.
  const low = promise?.low ?? null;
  const high = promise?.high ?? null;
  const from = low === null ? 0 : x(low);
  const to = high === null ? width : x(high);
  const color = `var(--${tone === 'none' ? 'text-muted' : tone})`;
  return (
    <svg
      className="outcome-bar"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {isPromised && (
        <rect
          x={Math.min(from, to)}
          y="3"
          width={Math.max(2, Math.abs(to - from))}
          height={height - 6}
          fill="var(--accent-soft)"
          stroke="var(--line-strong)"
          strokeDasharray="3 3"
        />
      )}
      <line x1={width / 2} x2={width / 2} y1="0" y2={height} stroke="var(--text-muted)" />
      {lower !== null && upper !== null && (
        <path
          d={`M${x(lower)} ${middle - 4}v8M${x(lower)} ${middle}H${x(upper)}M${x(upper)} ${middle - 4}v8`}
          stroke={color}
          strokeWidth="2"
          fill="none"
        />
      )}
      <circle cx={x(estimate)} cy={middle} r="4.5" fill={color} />
    </svg>
  );
}

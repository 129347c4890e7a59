/** A figure of a gate beside the words that say it: its interval, zero, and the bound as a dashed line. */
import type { GateCheck } from '../../contracts/gateReport.ts';

const width = 180;
const height = 18;
const edge = 6;

export interface CheckExtent {
  readonly min: number;
  readonly max: number;
}

/** Around all figures of a gate, zero among them. */
export function checkExtent(checks: readonly GateCheck[]): CheckExtent {
  const figures = checks
    .flatMap(({ value, lower, upper, bound }) => [value, lower, upper, bound])
    .filter((figure) => figure !== null);
  return { min: Math.min(0, ...figures), max: Math.max(0, ...figures) };
}

export function CheckBar({
  check,
  extent: { min, max },
}: {
  check: GateCheck;
  extent: CheckExtent;
}) {
  const { value, lower, upper, bound, passed } = check;
  if (value === null || !(max > min)) return null;
  const x = (figure: number) => edge + ((figure - min) / (max - min)) * (width - 2 * edge);
  const middle = height / 2;
  const color = passed ? 'var(--series-1)' : 'var(--bad)';
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <line x1={x(0)} x2={x(0)} y1="0" y2={height} stroke="var(--line-strong)" />
      {bound !== null && (
        <line
          x1={x(bound)}
          x2={x(bound)}
          y1="0"
          y2={height}
          stroke="var(--text-muted)"
          strokeWidth="1.5"
          strokeDasharray="3 2"
        />
      )}
      {lower !== null && upper !== null && (
        <line x1={x(lower)} x2={x(upper)} y1={middle} y2={middle} stroke={color} strokeWidth="2" />
      )}
      <circle cx={x(value)} cy={middle} r="3.5" fill={color} />
    </svg>
  );
}

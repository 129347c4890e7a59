/** An interval beside the words that say it, on a scale that the rows of its table share. */
import type { Worth } from '../../contracts/policyApi.ts';

const width = 148;
const height = 18;
const edge = 7;

interface Props {
  worth: Worth;
  /** Ends of the scale. */
  from: number;
  to: number;
  /** Marked by a line: what the others are compared with. */
  mark: number | null;
}

export function WorthBar({ worth: { mean, low, high }, from, to, mark }: Props) {
  if (mean === null || !(to > from)) return null;
  const within = (value: number) => Math.min(to, Math.max(from, value));
  const x = (value: number) => edge + ((within(value) - from) / (to - from)) * (width - 2 * edge);
  const middle = height / 2;
  return (
    <svg
      className="worth-bar"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {mark !== null && (
        <line x1={x(mark)} x2={x(mark)} y1="0" y2={height} stroke="var(--line-strong)" />
      )}
      {low !== null && high !== null && (
        <line
          x1={x(low)}
          x2={x(high)}
          y1={middle}
          y2={middle}
          stroke="var(--series-1)"
          strokeWidth="2"
        />
      )}
      <circle cx={x(mean)} cy={middle} r="3.5" fill="var(--series-1)" />
    </svg>
  );
}

/** A scale on which all estimates and their intervals have a place. */
export function scaleOf(all: readonly Worth[]): { readonly from: number; readonly to: number } {
  const figures = all.flatMap(({ mean, low, high }) =>
    [mean, low, high].filter((value) => value !== null),
  );
  if (figures.length === 0) return { from: 0, to: 0 };
  return { from: Math.min(...figures), to: Math.max(...figures) };
}

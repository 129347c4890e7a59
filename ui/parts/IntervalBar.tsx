/** An interval beside the words that say it: its place about zero, on the scale of its table. */
import type { EffectInterval } from '../../contracts/experimentResult.ts';

const width = 132;
const height = 18;

/** @param reach the largest distance from zero of any interval in the table */
export function IntervalBar({ effect, reach }: { effect: EffectInterval; reach: number }) {
  const { estimate, low, high } = effect;
  if (low === null || high === null || !(reach > 0)) return null;
  const x = (value: number) => width / 2 + (value / reach) * (width / 2 - 6);
  const middle = height / 2;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <line x1={width / 2} x2={width / 2} y1="0" y2={height} stroke="var(--line-strong)" />
      <line
        x1={x(low)}
        x2={x(high)}
        y1={middle}
        y2={middle}
        stroke="var(--series-1)"
        strokeWidth="2"
      />
      {estimate !== null && <circle cx={x(estimate)} cy={middle} r="3.5" fill="var(--series-1)" />}
    </svg>
  );
}

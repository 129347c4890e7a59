/** A line without axes beside a figure that says the same in words. */
import { sparkline } from '../charts/sparkline.ts';

interface Props {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
}

export function Sparkline({ values, width = 240, height = 40 }: Props) {
  const { line, end } = sparkline(values, width, height);
  if (end === undefined) return <div className="sparkline" style={{ height }} />;
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      style={{ height }}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={`${line}`}
        fill="none"
        stroke="var(--series-1)"
        strokeWidth="1.6"
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** A bar beside the words that say it, from one place to another on the scale of its list, and where zero is. */
import type { ReactNode } from 'react';

export const barWidth = 200;
export const barHeight = 16;

interface Props {
  /** Places in [0, `barWidth`]. */
  zero: number;
  from: number;
  to: number;
  fill: string;
  opacity?: number;
  /** Drawn over it, in the same places. */
  children?: ReactNode;
}

export function SignedBar({ zero, from, to, fill, opacity = 1, children }: Props) {
  return (
    <svg
      height={barHeight}
      viewBox={`0 0 ${barWidth} ${barHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line
        x1={zero}
        x2={zero}
        y1="0"
        y2={barHeight}
        stroke="var(--line-strong)"
        vectorEffect="non-scaling-stroke"
      />
      <rect
        x={Math.min(from, to)}
        y="3"
        width={Math.max(1, Math.abs(to - from))}
        height={barHeight - 6}
        fill={fill}
        opacity={opacity}
      />
      {children}
    </svg>
  );
}

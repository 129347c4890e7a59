/** A sparkline as an SVG path: drawn by the shell, before and without the chart library. */

export interface SparklineShape {
  /** `d` of the line; breaks where values are null. */
  readonly line: string;
  /** The last point, undefined without any. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

/** @param values oldest first; scaled to their own range within `width` × `height` less `padding` */
export function sparkline(
  values: readonly (number | null)[],
  width: number,
  height: number,
  padding = 3,
): SparklineShape {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const step = values.length > 1 ? (width - 2 * padding) / (values.length - 1) : 0;
  let line = '';
  let pen = false;
  let end: SparklineShape['end'];
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      pen = false;
      return;
    }
    const part = high > low ? (value - low) / (high - low) : 0.5;
    const x = Number((padding + i * step).toFixed(1));
    const y = Number((height - padding - part * (height - 2 * padding)).toFixed(1));
    line += `${pen ? 'L' : 'M'}${x} ${y}`;
    pen = true;
    end = { x, y };
  });
  return { line, end };
}

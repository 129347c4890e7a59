/** The same chart with other bounds of its horizontal axes, of all panels alike. */
import type { EChartsOption } from 'echarts';

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly interval?: number;
  readonly minInterval?: number;
}

/**
 * @param option with a list of axes, as `timePanels` makes it
 * @param tick   how a tick is written; absent: as before
 */
export function withAxis(
  option: EChartsOption,
  bounds: Bounds,
  tick?: (value: number) => string,
): EChartsOption {
  const axes = option.xAxis as readonly { readonly axisLabel?: object }[];
  return {
    ...option,
    xAxis: axes.map(({ axisLabel, ...axis }) => ({
      ...axis,
      ...bounds,
      axisLabel: { ...axisLabel, ...(tick === undefined ? {} : { formatter: tick }) },
    })),
  };
}

/** Of probabilities. */
export const probabilityBounds: Bounds = { min: 0, max: 1, interval: 0.2 };

/** What the planner asks, from what the address holds; absent values get the defaults that are written here. */

import type { z } from 'zod';
import type { MetricFigures, PlanQuery } from '../../../contracts/experimentApi.ts';
import type { PlanSearch } from '../../data/search.ts';

export interface PlanInput {
  readonly kind: 'binary' | 'continuous';
  readonly mean: number;
  readonly deviation: number;
  readonly effect: number;
  readonly units: number;
  readonly split: number;
  readonly alpha: number;
  /** Units in a group; undefined where units are assigned one by one. */
  readonly cluster: number | undefined;
  readonly correlation: number;
  /** Deviation of the groups' sizes by their mean. */
  readonly sizeVariation: number;
  readonly days: number;
}

/** As the engine has it, where nothing is known. */
const correlationDefault = 0.1;

function short(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(3));
}

const defaults = {
  binary: { mean: 0.4, effect: 0.02, deviation: 1 },
  continuous: { mean: 60, effect: 2, deviation: 18 },
} as const;

/** @param known of the metric, from an earlier experiment: it comes before the defaults */
export function inputOf(search: PlanSearch | undefined, known?: MetricFigures): PlanInput {
  const kind = search?.kind ?? 'binary';
  return {
    kind,
    mean: search?.mean ?? short(known?.mean) ?? defaults[kind].mean,
    deviation: search?.deviation ?? short(known?.deviation) ?? defaults[kind].deviation,
    effect: search?.effect ?? defaults[kind].effect,
    units: search?.units ?? 500,
    split: search?.split ?? 0.5,
    alpha: search?.alpha ?? 0.05,
    cluster: search?.cluster,
    correlation: search?.correlation ?? short(known?.cluster?.correlation) ?? correlationDefault,
    sizeVariation: short(known?.cluster?.sizeVariation) ?? 0,
    days: search?.days ?? 90,
  };
}

/** @returns undefined when a figure is out of its range */
export function queryOf(input: PlanInput): z.input<typeof PlanQuery> | undefined {
  const { kind, mean, deviation, effect, units, split, alpha, days } = input;
  const { cluster, correlation, sizeVariation } = input;
  const isBinary = kind === 'binary';
  if (isBinary && !(mean > 0 && mean < 1 && mean + effect < 1)) return undefined;
  if (!(effect > 0 && units > 0 && split > 0 && split < 1 && alpha > 0 && alpha <= 0.5)) {
    return undefined;
  }
  return {
    kind,
    mean,
    ...(isBinary
      ? {}
      : {
          deviation,
          // What lies beyond four deviations is too rare to matter.
          cap: [mean - 4 * deviation, mean + 4 * deviation + effect],
        }),
    minimumEffect: effect,
    split: [1 - split, split],
    alpha,
    unitsPerDay: units,
    ...(cluster === undefined || cluster < 1
      ? {}
      : { cluster: { size: cluster, correlation, sizeVariation } }),
    daysMax: days,
  };
}

/** Bounds and step of the slider of the minimum effect, around what is thought of. */
export function effectRange({ kind, mean, deviation }: PlanInput): {
  readonly min: number;
  readonly max: number;
  readonly step: number;
} {
  if (kind === 'binary') {
    const room = Math.min(0.2, Math.max(0.01, (1 - mean) / 2));
    return { min: 0.002, max: Math.ceil(room * 50) / 50, step: 0.001 };
  }
  const power = 10 ** Math.floor(Math.log10(deviation));
  return { min: power / 20, max: Math.ceil(deviation / power) * power, step: power / 100 };
}

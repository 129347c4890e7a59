/** Counts of simulated units, made as the data plane makes them, without a log. */
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import {
  type ClusterCell,
  type CovariateCell,
  type ExperimentCounts,
  type ExposureCell,
  makeTally,
  type OutcomeCell,
  type Tally,
} from '../../control/experiments/experimentCounts.ts';
import {
  type CovariatePlan,
  covariatePlan,
  settleCovariate,
} from '../../models/measure/covariatePlan.ts';
import {
  addOutcome,
  type OutcomeScale,
  outcomeScale,
  outcomeSums,
} from '../../models/measure/outcomeScale.ts';
import {
  type ExactCrossMomentsState,
  exactCrossMoments,
} from '../../stats/exact/exactCrossMoments.ts';
import { exactSums } from '../../stats/exact/exactSum.ts';
import { startAt } from './experiments.ts';

export interface CountedUnit {
  /** Place of the variant. */
  readonly variant: number;
  /** 1 by default. */
  readonly stage?: number;
  /** 0 by default. */
  readonly period?: number;
  /** Hours from the start to the exposure; 0 by default. */
  readonly hour?: number;
  readonly segments?: readonly string[];
  readonly cluster?: string;
  /** Of the cluster's member; 0 by default. */
  readonly day?: number;
  readonly crossed?: boolean;
  /** Number, or numerator and denominator, by metric; a metric that is absent is not yet scored. */
  readonly outcomes: Readonly<Record<string, number | readonly [number, number]>>;
  /** Figures of its covariates by metric, NaN where one is not known; without the indicators. */
  readonly covariates?: Readonly<Record<string, readonly number[]>>;
}

interface Held {
  units: number;
  readonly sums: Float64Array;
  readonly bins: Map<number, number>;
}

export class CountedUnits {
  readonly #scales = new Map<string, OutcomeScale>();
  readonly #exposures = new Map<string, ExposureCell>();
  readonly #outcomes = new Map<string, { key: Omit<OutcomeCell, 'tallies'>; held: Held }>();
  readonly #clusters = new Map<string, { key: Omit<ClusterCell, 'tallies'>; held: Held }>();
  readonly #covariates = new Map<
    string,
    { key: Omit<CovariateCell, 'tallies'>; state: ExactCrossMomentsState }
  >();
  readonly #plans = new Map<string, CovariatePlan>();
  readonly #days: number;
  #draws = 0;

  /** @param days of which all members of clusters are scored */
  constructor({ metrics, experiment }: ExperimentRecord, days = 1_000) {
    this.#days = days;
    for (const metric of metrics) this.#scales.set(metric.key, outcomeScale(metric));
    for (const use of experiment.metrics) {
      const plan = covariatePlan(use, metrics, this.#scales.get(use.metric)!);
      if (plan !== undefined) this.#plans.set(use.metric, plan);
    }
  }

  add(unit: CountedUnit): void {
    const { variant, stage = 1, period = 0, hour = 0, segments = [], cluster, day = 0 } = unit;
    const exposed = `${variant} ${stage} ${hour}`;
    const before = this.#exposures.get(exposed);
    this.#exposures.set(exposed, {
      ...{ variant, stage, hour: startAt + hour * 3_600_000 },
      units: (before?.units ?? 0) + 1,
      crossed: (before?.crossed ?? 0) + Number(unit.crossed === true),
      objected: 0,
    });
    for (const [metric, outcome] of Object.entries(unit.outcomes)) {
      const scale = this.#scales.get(metric)!;
      const [numerator, denominator] = typeof outcome === 'number' ? [outcome, 1] : outcome;
      const measured = { numerator, denominator };
      this.#draws = (this.#draws + 0.6180339887498949) % 1;
      const bin = scale.binOf(measured, this.#draws);
      const take = (held: Held) => {
        held.units += 1;
        held.bins.set(bin, (held.bins.get(bin) ?? 0) + 1);
        addOutcome(scale, held.sums, measured);
      };
      if (cluster !== undefined) {
        take(heldAt(this.#clusters, { metric, variant, stage, cluster, day }));
        continue;
      }
      for (const segment of ['', ...segments]) {
        take(heldAt(this.#outcomes, { metric, variant, stage, period, segment }));
      }
      const plan = this.#plans.get(metric);
      if (plan === undefined) continue;
      this.#takeMoments({ metric, variant, stage }, plan, [
        ...(plan.outcomes > 1 ? [numerator, denominator] : [numerator]),
        ...settled(plan, unit.covariates?.[metric] ?? []),
      ]);
    }
  }

  #takeMoments(key: Omit<CovariateCell, 'tallies'>, plan: CovariatePlan, figures: number[]): void {
    const name = JSON.stringify(key);
    const fold = exactCrossMoments(plan.grids);
    const held = this.#covariates.get(name) ?? { key, state: fold.initial() };
    fold.step(held.state, figures);
    this.#covariates.set(name, held);
  }

  read(): ExperimentCounts {
    return {
      exposures: [...this.#exposures.values()],
      outcomes: [...this.#outcomes.values()].map(({ key, held }) => ({
        ...key,
        tallies: [tallyOf(held)],
      })),
      clusters: [...this.#clusters.values()].map(({ key, held }) => ({
        ...key,
        tallies: [tallyOf({ ...held, bins: new Map() })],
      })),
      covariates: [...this.#covariates.values()].map(({ key, state }) => ({
        ...key,
        tallies: [state],
      })),
      clusterDays: new Map([...this.#scales.keys()].map((metric) => [metric, [this.#days]])),
      offsets: {
        exposures: [{ partition: 0, offset: 0 }],
        outcomes: [{ partition: 0, offset: 0 }],
        clusters: [],
        covariates: [],
      },
    };
  }
}

/** The given figures in their places, with the indicators. */
function settled(plan: CovariatePlan, given: readonly number[]): Float64Array {
  const figures = new Float64Array(plan.width);
  let next = 0;
  for (const each of plan.covariates) {
    for (let i = 0; i < each.count; i += 1) figures[each.at + i] = given[next++] ?? Number.NaN;
    settleCovariate(plan, each, figures);
  }
  return figures;
}

function heldAt<Key>(cells: Map<string, { key: Key; held: Held }>, key: Key): Held {
  const name = JSON.stringify(key);
  let found = cells.get(name);
  if (found === undefined) {
    found = { key, held: { units: 0, sums: exactSums(outcomeSums), bins: new Map() } };
    cells.set(name, found);
  }
  return found.held;
}

function tallyOf({ units, sums, bins }: Held): Tally {
  return makeTally(units, sums, [...bins]);
}

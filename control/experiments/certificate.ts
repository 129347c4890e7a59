/**
 * The certificate of a decision: design, counts, bets, evidence, rule and verdict, so that a stranger can compute the verdict
 * again without the engine (`millrace verify`).
 *
 * Certificates of one experiment form a chain: each has the hash of the one before it, so that none can be taken out or
 * changed later without its successors showing it.
 */
import { createHash } from 'node:crypto';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { definitionHash, designOf } from '../../contracts/definitionHash.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult, MetricResult } from '../../contracts/experimentResult.ts';
import type { Store } from '../../contracts/store.ts';
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import { vagueBelief } from '../../stats/sequential/predictGroups.ts';
import { ratioConcentrations } from '../../stats/sequential/sampleRatio.ts';
import { rankBelief } from './beliefOf.ts';
import { plannedClustersDefault } from './clusterPrecision.ts';
import { engineBets } from './compareByDesign.ts';
import { readCounts } from './counts.ts';
import { evaluateExperiment } from './evaluate.ts';
import {
  type ExperimentCounts,
  type Tally,
  tallyBinsAt,
  tallySum,
  tallyUnits,
} from './experimentCounts.ts';
import { completeDays, gatherDaysDefault } from './gatherClusters.ts';
import { watched } from './metricCells.ts';
import { type PreparedExperiment, prepareExperiment } from './preparedExperiment.ts';
import { sampleRatioAlpha, unitsByStage } from './sampleRatioOf.ts';

export const certificateFormat = 'millrace-certificate/1';

/** A cell of the counts; sums Σn, Σd, Σn², Σd², Σnd in steps, exact, as text. */
interface CertifiedTally {
  readonly units: number;
  readonly bins: readonly (readonly [bin: number, units: number])[];
  readonly sums: readonly string[];
}

export interface CertifiedOutcomes extends CertifiedTally {
  readonly metric: string;
  /** Place among the variants of the design. */
  readonly variant: number;
  readonly stage: number;
  readonly period: number;
}

export interface CertifiedClusters extends CertifiedTally {
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  readonly cluster: string;
  /** On which these members came, in whole days since the start. */
  readonly day: number;
}

/** Units that came, clusters where clusters are assigned, in the order of the variants. */
export interface CertifiedStage {
  readonly stage: number;
  readonly units: readonly number[];
}

export interface CertifiedProbabilities {
  readonly stage: number;
  readonly shares: readonly number[];
}

export interface Certificate {
  readonly format: typeof certificateFormat;
  /** 1, 2, 3 … of its experiment. */
  readonly number: number;
  /** Hash of the certificate before; null for the first. */
  readonly previous: string | null;
  readonly experiment: string;
  readonly revision: number;
  /** ms since 1970. */
  readonly at: number;
  /** See `designOf`. */
  readonly design: unknown;
  readonly designHash: string;
  /**
   * Of each stage, the probability with which each variant was drawn, in the order of the variants: the weights, or what whole
   * buckets of the hash family make of them.
   */
  readonly probabilities: readonly CertifiedProbabilities[];
  readonly offsets: ExperimentCounts['offsets'];
  readonly counts: {
    readonly assigned: readonly CertifiedStage[];
    readonly outcomes: readonly CertifiedOutcomes[];
    readonly clusters: readonly CertifiedClusters[];
    /** By metric: days of which all members are scored. */
    readonly clusterDays: Readonly<Record<string, number>>;
  };
  /** Of each metric, how its outcomes became bins and steps. */
  readonly scales: Readonly<Record<string, unknown>>;
  readonly bets: unknown;
  readonly evidence: readonly Pick<MetricResult, 'metric' | 'role' | 'kind' | 'comparisons'>[];
  readonly sampleRatio: ExperimentResult['sampleRatio'];
  readonly rule: unknown;
  /** The engine's word of an earlier moment, which its counts do not show any more; null without one. */
  readonly hold: Experiment['hold'];
  readonly verdict: ExperimentResult['verdict'];
  /** SHA-256 of the canonical JSON of all that stands above. */
  readonly hash: string;
}

/** Which certificate comes before. */
export interface CertificateLink {
  readonly number: number;
  readonly hash: string;
}

/** The fixed part of every bet: with the counts it determines the bets of each period. */
const bets = {
  effects: [...engineBets.effects],
  weights: [...engineBets.weights],
  /** Before the first outcome: of outcomes with bounds that have no baseline in the design, and of ranks. */
  grid: vagueBelief,
  rank: rankBelief,
  /** Where the design says nothing else. */
  plannedClusters: plannedClustersDefault,
  gatherDays: gatherDaysDefault,
  ratioConcentrations,
};

/**
 * @param result   of the counts by the record
 * @param previous undefined for the first
 */
export function makeCertificate(
  record: ExperimentRecord,
  counts: ExperimentCounts,
  result: ExperimentResult,
  previous?: CertificateLink,
): Certificate {
  const { experiment, metrics } = record;
  const prepared = prepareExperiment(record);
  const design = designOf(experiment, metrics);
  const body = {
    format: certificateFormat,
    number: (previous?.number ?? 0) + 1,
    previous: previous?.hash ?? null,
    experiment: experiment.key,
    revision: result.revision,
    at: result.at,
    design: JSON.parse(canonicalJson(design)) as unknown,
    designHash: definitionHash(design),
    probabilities: [...prepared.shares].map(([stage, shares]) => ({ stage, shares })),
    offsets: counts.offsets,
    counts: certifiedCounts(prepared, counts),
    scales: Object.fromEntries(
      prepared.metrics.map(({ metric, scale: { kind, bins: count, least, largest, ...steps } }) => [
        metric.key,
        {
          ...{ kind, bins: count, direction: metric.direction },
          ...{ least: finite(least), largest: finite(largest) },
          ...{
            numeratorPerUnit: steps.numeratorPerUnit,
            denominatorPerUnit: steps.denominatorPerUnit,
          },
        },
      ]),
    ),
    bets,
    evidence: result.metrics.map(({ metric, role, kind, comparisons }) => {
      return { metric, role, kind, comparisons };
    }),
    sampleRatio: result.sampleRatio,
    rule: {
      sampleRatioAlpha,
      alpha: experiment.alpha,
      primary: 'ln e of either is at least ln(comparisons / alpha)',
      guardrail: 'ln e of the worse direction is at least ln(1 / alpha)',
      secondary: 'e-BH at alpha over all secondary comparisons',
    },
    hold: experiment.hold,
    verdict: result.verdict,
  } as const;
  return { ...body, hash: createHash('sha256').update(canonicalJson(body)).digest('hex') };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Hours and partitions added up, in one order; of all units, without the segments: no verdict rests on them. */
function certifiedCounts(
  prepared: PreparedExperiment,
  counts: ExperimentCounts,
): Certificate['counts'] {
  const { variants } = prepared.experiment;
  const assigned = [...unitsByStage(prepared, watched(counts))]
    .sort(([a], [b]) => a - b)
    .map(([stage, units]) => ({ stage, units: variants.map((_, place) => units.get(place) ?? 0) }));
  const byText = <Cell>(textOf: (cell: Cell) => string, cells: Cell[]) =>
    cells.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return {
    assigned,
    outcomes: byText(
      ({ metric, stage, period, variant }) => [metric, stage, period, variant].join('\0'),
      counts.outcomes
        .filter(({ segment }) => segment === '')
        .map(({ metric, variant, stage, period, tallies }) => {
          return { metric, variant, stage, period, ...certifiedTally(tallies) };
        }),
    ),
    clusters: byText(
      ({ metric, stage, cluster, variant, day }) => {
        return [metric, stage, cluster, variant, day].join('\0');
      },
      counts.clusters.map(({ metric, variant, stage, cluster, day, tallies }) => {
        return { metric, variant, stage, cluster, day, ...certifiedTally(tallies) };
      }),
    ),
    clusterDays: Object.fromEntries(
      [...counts.clusterDays].map(([metric, byPartition]) => [metric, completeDays(byPartition)]),
    ),
  };
}

function certifiedTally(tallies: readonly Tally[]): CertifiedTally {
  const bins = new Map<number, number>();
  for (const tally of tallies) {
    for (let at = tallyBinsAt; at < tally.length; at += 2) {
      bins.set(tally[at]!, (bins.get(tally[at]!) ?? 0) + tally[at + 1]!);
    }
  }
  const sum = (at: number) => tallies.reduce((total, tally) => total + tallySum(tally, at), 0n);
  return {
    units: tallyUnits(tallies),
    bins: [...bins].sort(([a], [b]) => a - b),
    sums: Array.from({ length: outcomeSums }, (_, at) => String(sum(at))),
  };
}

/** The last certificate of an experiment; undefined when there is none. */
export async function lastCertificate(
  store: Store,
  experiment: string,
): Promise<Certificate | undefined> {
  const [row] = await store.query<{ certificate: string }>(
    `SELECT certificate FROM experiment_certificates WHERE experiment = {experiment:String}
     ORDER BY number DESC, hash LIMIT 1`,
    { experiment },
  );
  return row === undefined ? undefined : (JSON.parse(row.certificate) as Certificate);
}

/**
 * Certifies what the stored counts say now, as the next link of the experiment's chain, and keeps it.
 *
 * @param at ms since 1970
 */
export async function issueCertificate(
  store: Store,
  record: ExperimentRecord,
  at: number,
): Promise<Certificate> {
  const { key } = record.experiment;
  const counts = await readCounts(store, key);
  const result = evaluateExperiment(record, counts, at);
  const certificate = makeCertificate(record, counts, result, await lastCertificate(store, key));
  const writer = new ByteWriter(1 << 16);
  writer.text(key);
  writer.uint32(certificate.number);
  writer.text(certificate.hash);
  writer.text(certificate.previous ?? '');
  writer.int64(at);
  writer.text(canonicalJson(certificate));
  await store.insert('experiment_certificates', writer.take());
  return certificate;
}

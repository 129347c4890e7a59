/**
 * What an experiment measures: one number for each unit, taken once, at a fixed age after its first exposure.
 *
 * The age is the conversion window. Scoring at a fixed age keeps the tests valid when one variant's outcomes come later
 * than another's; scoring as outcomes arrive does not (Lindon & Kallus 2026).
 */
import { z } from 'zod';
import { Condition, FieldName, fieldsOf } from './condition.ts';
import { figureMax, nameLengthMax } from './event.ts';

/** Key of a metric, an experiment or a variant: part of addresses and of stored rows. */
export const Key = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]{0,99}$/,
    'expected at most 100 letters, digits, _, . and -, the first a letter or digit',
  );

export const metricKinds = ['binary', 'continuous', 'count', 'ratio', 'quantile'] as const;
export type MetricKind = (typeof metricKinds)[number];

/** Shortest and longest conversion window: a second, a year. */
export const windowMsRange = [1_000, 31_622_400_000] as const;

/** What a filter may read of an event: these, and `context.…`. */
export const eventFields = ['type', 'item', 'session', 'decision', 'value'] as const;

const Figure = z.number().min(-figureMax).max(figureMax);

/** A misspelt field would never be there, and the metric silently zero. */
export const EventFilter = Condition.superRefine((condition, context) => {
  const known: readonly string[] = eventFields;
  const strange = fieldsOf(condition).find(
    (field) => !known.includes(field) && !field.startsWith('context.'),
  );
  if (strange === undefined) return;
  const message = `expected fields among ${known.join(', ')} and context.…, got "${strange}"`;
  context.addIssue({ code: 'custom', message });
});

/** From the unit's events within the window to one number. */
const Measure = z.discriminatedUnion('of', [
  /** 1 when there is an event, else 0. */
  z.strictObject({ of: z.literal('existence') }),
  /** Number of events. */
  z.strictObject({ of: z.literal('count') }),
  /** A field's values, combined. */
  z.strictObject({
    of: z.literal('value'),
    field: FieldName.regex(/^(value|context\..+)$/, 'expected value or context.…').default('value'),
    combine: z.enum(['sum', 'mean', 'least', 'largest', 'first', 'last']).default('sum'),
  }),
]);
export type Measure = z.infer<typeof Measure>;

/** Least and largest value; what lies beyond counts as the bound. */
export const Cap = z
  .tuple([Figure, Figure])
  .refine(([least, largest]) => least < largest, 'expected [least, largest] with least < largest');

export const ExperimentMetric = z
  .strictObject({
    key: Key,
    name: z.string().min(1).max(nameLengthMax),
    description: z.string().max(4_096).default(''),
    kind: z.enum(metricKinds),
    /** Which events count. */
    filter: EventFilter,
    measure: Measure,
    /** Of a ratio: the unit's number is its numerator (`measure`), this its denominator. */
    denominator: z.strictObject({ filter: EventFilter, measure: Measure }).optional(),
    /** See {@link capOf}. */
    cap: Cap.optional(),
    /** The age after its first exposure at which a unit is scored, in ms. */
    windowMs: z.number().int().min(windowMsRange[0]).max(windowMsRange[1]),
    /** What a unit scores that had no event of the filter within the window. */
    absent: Figure.default(0),
    /** Which change is good. */
    direction: z.enum(['increase', 'decrease']).default('increase'),
    /** Of a quantile: which one, in (0, 1). */
    level: z.number().gt(0).lt(1).optional(),
  })
  .superRefine((metric, context) => {
    const expect = (path: string, holds: boolean, message: string) => {
      if (!holds) context.addIssue({ code: 'custom', path: [path], message });
    };
    const { kind, measure, absent } = metric;
    const unbounded = kind === 'continuous' || kind === 'count' || kind === 'ratio';
    expect(
      'cap',
      !unbounded || metric.cap !== undefined,
      `expected [least, largest]: the exact test of a ${kind} metric needs bounds; values beyond count as the bound`,
    );
    const count = kind === 'count' ? measure.of === 'count' : true;
    expect('measure', count, 'expected { "of": "count" } for a count metric');
    const binary = kind === 'binary' ? measure.of !== 'count' : true;
    expect('measure', binary, 'expected existence or a value of 0 or 1 for a binary metric');
    const isRatio = kind === 'ratio';
    expect(
      'denominator',
      isRatio === (metric.denominator !== undefined),
      isRatio
        ? 'expected what a ratio metric is divided by'
        : `not expected for a ${kind} metric, only for a ratio`,
    );
    const isQuantile = kind === 'quantile';
    expect(
      'level',
      isQuantile === (metric.level !== undefined),
      isQuantile
        ? 'expected in (0, 1): which quantile is compared'
        : `not expected for a ${kind} metric, only for a quantile`,
    );
    const [least, largest] = capOf(metric) ?? [-Infinity, Infinity];
    expect(
      'absent',
      absent >= least && absent <= largest,
      `expected in [${least}, ${largest}], the cap`,
    );
  });
export type ExperimentMetric = z.infer<typeof ExperimentMetric>;
/** What a person writes: absent values get their defaults. */
export type ExperimentMetricInput = z.input<typeof ExperimentMetric>;

/**
 * Bounds of a unit's number: what is given, [0, 1] for a binary metric; undefined for a quantile without any, which is
 * tested on ranks and needs none. A ratio's bounds are those of its numerator.
 */
export function capOf(
  metric: Pick<ExperimentMetric, 'kind' | 'cap'>,
): readonly [number, number] | undefined {
  return metric.cap ?? (metric.kind === 'binary' ? [0, 1] : undefined);
}

/** What the address bar holds: everything a reader sees can be copied as a link. Anything invalid becomes its default. */
import * as z from 'zod/mini';

export const rangeNames = ['15m', '1h', '6h', '24h', '7d', '30d', 'all', 'custom'] as const;
export type RangeName = (typeof rangeNames)[number];

const Name = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(256))), undefined);
const Instant = z.catch(z.optional(z.number().check(z.minimum(0), z.maximum(8.64e15))), undefined);

const Positive = z.catch(z.optional(z.number().check(z.gt(0), z.maximum(1e12))), undefined);
const Figure = z.catch(z.optional(z.number().check(z.minimum(-1e12), z.maximum(1e12))), undefined);
const Share = z.catch(z.optional(z.number().check(z.gt(0), z.lt(1))), undefined);

/** What the planner of experiments is asked; absent values have their defaults there. */
const PlanSearch = z.object({
  kind: z.catch(z.optional(z.enum(['binary', 'continuous'])), undefined),
  mean: Figure,
  deviation: Positive,
  effect: Positive,
  units: Positive,
  /** Share of the variant. */
  split: Share,
  alpha: Share,
  cluster: Positive,
  correlation: Figure,
  days: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(365))), undefined),
  /** The draft from which the planner was opened: `new`, or a key. */
  draft: Name,
});
export type PlanSearch = z.infer<typeof PlanSearch>;

const Search = z.object({
  range: z.catch(z._default(z.enum(rangeNames), '24h'), '24h'),
  /** How many half ranges the window ends before the newest data. */
  back: z.catch(z._default(z.int().check(z.minimum(0), z.maximum(100_000)), 0), 0),
  /** Bounds of the range `custom`, ms since 1970. */
  from: Instant,
  to: Instant,
  /** Charts as tables. */
  table: z.catch(z._default(z.boolean(), false), false),
  model: Name,
  metric: Name,
  /** Absent: all segments together. */
  segment: Name,
  /** Of an experiment; absent: the one that the verdict is about. */
  variant: Name,
  /** The course of an experiment since its start, or over the range. */
  course: z.catch(z._default(z.enum(['start', 'range']), 'start'), 'start'),
  plan: z.catch(z.optional(PlanSearch), undefined),
  /** Key of the experiment that a new one starts from. */
  copy: Name,
});
export type Search = z.infer<typeof Search>;

/** Values that need not stand in the address. */
export const searchDefaults = { range: '24h', back: 0, table: false, course: 'start' } as const;

/** A link to another page keeps the view, but not what only that page shows. */
export const keepView = (search: Partial<Search>): Search => ({
  ...searchDefaults,
  ...search,
  variant: undefined,
  plan: undefined,
  copy: undefined,
});

/** A custom range without sensible bounds is none. */
export function readSearch(input: Record<string, unknown>): Search {
  const search = Search.parse(input);
  if (search.range !== 'custom') return { ...search, from: undefined, to: undefined };
  const { from, to } = search;
  if (from === undefined || to === undefined || to <= from) {
    return { ...search, range: '24h', back: 0, from: undefined, to: undefined };
  }
  return { ...search, back: 0 };
}

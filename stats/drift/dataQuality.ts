/**
 * What broke in the quality of columns, in words: nulls, ranges, cardinality, and columns that vanish or are new.
 *
 * A share that rose is a break when the whole interval of its difference lies above `leastChange`: what is surely more than a small
 * change, whatever the numbers of rows. Distributions that moved are no break: see `profileDistance`.
 *
 * Source: Schelter et al. 2018, "Automating large-scale data quality verification" (what is checked); intervals: Newcombe 1998.
 */
import { distinctError, distinctSketch } from '../distinctSketch.ts';
import type { NumberProfileState } from '../streaming/numberProfile.ts';
import type { TextProfileState } from '../streaming/textProfile.ts';
import { differenceScoreInterval } from '../testing/differenceOfProportions.ts';

export type ColumnProfile =
  | { readonly kind: 'number'; readonly state: NumberProfileState }
  | { readonly kind: 'text'; readonly state: TextProfileState };

/** Profiles by name of the column. */
export type Profiles = ReadonlyMap<string, ColumnProfile>;

export const qualityBreakKinds = [
  'vanished',
  'new',
  'kind',
  'missing',
  'not-finite',
  'below',
  'above',
  'unseen',
  'constant',
  'cardinality',
] as const;
export type QualityBreakKind = (typeof qualityBreakKinds)[number];

export interface QualityBreak {
  readonly column: string;
  readonly kind: QualityBreakKind;
  /** Shares; numbers of values for `cardinality` and `constant`; NaN where there is none. */
  readonly before: number;
  readonly after: number;
  /** A sentence. */
  readonly words: string;
}

export interface QualityOptions {
  /** Error level of each comparison, in (0, 1). */
  readonly alpha?: number;
  /** Smaller changes of a share are none. */
  readonly leastChange?: number;
  /** Columns of fewer rows, then or now, are not judged. */
  readonly leastRows?: number;
}

/** Columns in the order of their names; of a column that vanished nothing else is said. */
export function dataQuality(
  reference: Profiles,
  current: Profiles,
  { alpha = 1e-4, leastChange = 0.01, leastRows = 100 }: QualityOptions = {},
): QualityBreak[] {
  const columns = [...new Set([...reference.keys(), ...current.keys()])].sort();
  return columns.flatMap((column) => {
    const before = reference.get(column);
    const after = current.get(column);
    const found = (kind: QualityBreakKind, was: number, is: number, words: string) => [
      { column, kind, before: was, after: is, words: `${column} ${words}` },
    ];
    const had = before === undefined ? 0 : before.state.count;
    const has = after === undefined ? 0 : after.state.count;
    if (Math.max(had, has) < leastRows) return [];
    if (has === 0) return found('vanished', 1, 0, 'has vanished: no row has a value.');
    if (had === 0) return found('new', 0, 1, 'is new: no row of the reference has a value.');
    if (before!.kind !== after!.kind) {
      return found('kind', NaN, NaN, `was a ${before!.kind} and is a ${after!.kind}.`);
    }
    if (rowsOf(before!) < leastRows || rowsOf(after!) < leastRows) return [];
    const risen = sharesOf(before!, after!).flatMap(({ kind, part, was, is }) => {
      const { lower } = differenceScoreInterval(is, was, alpha);
      if (!(lower > leastChange)) return [];
      const [then, now] = [was, is].map(({ successes, count }) => successes / count) as [
        number,
        number,
      ];
      return found(kind, then, now, `${part} ${percent(now)} of rows; it was ${percent(then)}.`);
    });
    const counted =
      before!.kind === 'text' && after!.kind === 'text'
        ? distinctBreaks(before!.state, after!.state, leastRows).map(
            ({ kind, was, is, words }) => ({
              ...{ column, kind, before: was, after: is, words: `${column} ${words}` },
            }),
          )
        : [];
    return [...risen, ...counted];
  });
}

function rowsOf({ kind, state }: ColumnProfile): number {
  return state.count + state.missing + (kind === 'number' ? state.notFinite : 0);
}

function sharesOf(before: ColumnProfile, after: ColumnProfile) {
  const share = (kind: QualityBreakKind, part: string, of: (profile: ColumnProfile) => number) => {
    const successes = (profile: ColumnProfile) => ({
      successes: of(profile),
      count: rowsOf(profile),
    });
    return { kind, part, was: successes(before), is: successes(after) };
  };
  const numbers = (name: 'notFinite' | 'below' | 'above') => (profile: ColumnProfile) =>
    profile.kind === 'number' ? profile.state[name] : 0;
  const missing = share('missing', 'is missing in', ({ state }) => state.missing);
  if (before.kind === 'number') {
    return [
      missing,
      share('not-finite', 'is not finite in', numbers('notFinite')),
      share('below', 'is below its range in', numbers('below')),
      share('above', 'is above its range in', numbers('above')),
    ];
  }
  return [missing, share('unseen', 'has a value never seen before in', unseenOf(before.state))];
}

/** Rows whose value the reference had not, as far as it counts each; else those that the profile itself counts as unseen. */
function unseenOf({ frequencies }: TextProfileState): (profile: ColumnProfile) => number {
  const known = new Set(frequencies.names);
  return ({ kind, state }) => {
    if (kind !== 'text') return 0;
    if (frequencies.isPartial) return state.unseen;
    const { names, counts } = state.frequencies;
    const others = names.reduce((sum, name, i) => sum + (known.has(name) ? 0 : counts[i]!), 0);
    // Of what is not counted by itself at least as much is new as the reference has not in all.
    return Math.max(state.unseen, others);
  };
}

function distinctBreaks(before: TextProfileState, after: TextProfileState, leastRows: number) {
  const was = distinctSketch.read(before.distinct);
  const is = distinctSketch.read(after.distinct);
  const values = (count: number) => Math.round(count).toLocaleString('en');
  if (is < 1.5 && was > 1.5 && after.count >= leastRows) {
    const kind: QualityBreakKind = 'constant';
    return [{ kind, was, is, words: `has one value only; there were ${values(was)}.` }];
  }
  // Twice as many in no more rows: beyond what the sketch and another day's chance make of it.
  const isMore = is > 2 * was * (1 + 6 * distinctError) && is > was + 10;
  if (!isMore || after.count > before.count) return [];
  const kind: QualityBreakKind = 'cardinality';
  return [
    { kind, was, is, words: `has ${values(is)} different values; there were ${values(was)}.` },
  ];
}

function percent(share: number): string {
  const digits = share > 0 && share < 0.0995 ? 1 : 0;
  return `${(100 * share).toFixed(digits)} %`;
}

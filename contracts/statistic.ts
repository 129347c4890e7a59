/**
 * The contract of a streaming statistic: a fold over rows whose columns have roles, described so that any pipeline can use it,
 * the API can merge it and the reference page can print it.
 *
 * A line in `stats/registry.ts` makes one available. What it computes is a {@link Fold}; what stands here is its description.
 */
import type { z } from 'zod';
import { canonicalJson } from './canonicalJson.ts';
import type { Fold } from './fold.ts';

/** What a statistic takes of a row. */
export interface Role {
  /** `text` is a dictionary-encoded column. */
  readonly kind: 'number' | 'text';
  readonly summary: string;
  /** Column that is taken unless another is named; absent: one must be named. */
  readonly column?: string;
  /** What rows have when no column is named: the role may be left out. */
  readonly fallback?: number | string;
}

/** A number that a statistic reads. */
export interface Figure {
  /** `value` is the unit of the role `value`; '' a plain number. */
  readonly unit: string;
  /** NaN where there is too little to tell, unless it says otherwise. */
  readonly summary: string;
}

/**
 * What a merge of states of disjoint rows equals: `exactly`, the state of all rows to the bit, in any order; `rounding`, the
 * same up to 1e-9 of the figures; `never`, that the state depends on the order of rows: it has one owner and no merge.
 */
export type Merges = 'exactly' | 'rounding' | 'never';

export type StatisticRow = Readonly<Record<string, number | string>>;
export type Figures = Readonly<Record<string, number>>;

/** Roles as the fields of a row. */
export type RowOf<Roles> = {
  readonly [Name in keyof Roles]: Roles[Name] extends { readonly kind: 'text' } ? string : number;
};

/** What is computed. The row is read at once and may be used again by the caller. */
export interface StatisticFold<State, Row, Output> extends Fold<State, Row, Output> {
  /** Why the row cannot be taken, as `value: expected 0 or 1, got 2`; undefined when it can. */
  problem?(row: Row): string | undefined;
}

/** A statistic with its parameters: checked, completed, ready to fold. */
export interface BegunStatistic extends StatisticFold<unknown, StatisticRow, Figures> {
  /** The given parameters with the defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Those that are not the default: what is stored, so that a statistic may get further parameters. */
  readonly chosen: Readonly<Record<string, unknown>>;
  problem(row: StatisticRow): string | undefined;
  /** Takes the row, if it has no problem. @returns whether it was taken */
  take(state: unknown, row: StatisticRow): boolean;
}

export interface Statistic {
  /** Lower-case words and hyphens. */
  readonly name: string;
  /** Raise it when a stored state means something else, such as by another default. */
  readonly version: number;
  /** One sentence. */
  readonly summary: string;
  /** Authors and year. */
  readonly source: string;
  readonly merges: Merges;
  /** Reading takes more than some 0.1 ms: not for every key at every cut. */
  readonly costly: boolean;
  readonly roles: Readonly<Record<string, Role>>;
  /** Names, defaults, ranges and descriptions. */
  readonly parameters: z.ZodObject;
  readonly figures: Readonly<Record<string, Figure>>;
  /** @throws RangeError naming the parameter that is unknown or outside its range */
  begin(parameters?: Readonly<Record<string, unknown>>): BegunStatistic;
}

/** What an author of a statistic writes; see {@link Statistic}. */
export interface StatisticSpec<
  State,
  Shape extends z.ZodRawShape,
  Roles extends Readonly<Record<string, Role>>,
  Name extends string,
> {
  readonly name: string;
  readonly version?: number;
  readonly summary: string;
  readonly source: string;
  readonly merges: Merges;
  readonly costly?: boolean;
  readonly roles: Roles;
  readonly parameters: z.ZodObject<Shape>;
  readonly figures: Readonly<Record<Name, Figure>>;
  /**
   * `read` must not throw, whatever rows were taken: it is called at each cut.
   *
   * @throws RangeError when parameters contradict each other
   */
  create(
    parameters: z.output<z.ZodObject<Shape>>,
  ): StatisticFold<State, RowOf<Roles>, Readonly<Record<Name, number>>>;
}

/**
 * Makes the statistic of a spec: parameters are checked by their schema, rows before they are taken. Called twice,
 * `defineStatistic<State>()({ … })`, because the state must be named and everything else follows from the spec.
 *
 * `step` of what it begins throws a RangeError for a row that has a `problem`, such as a number that is not finite.
 */
export function defineStatistic<State>() {
  return <
    Shape extends z.ZodRawShape,
    const Roles extends Readonly<Record<string, Role>>,
    Name extends string,
  >(
    spec: StatisticSpec<State, Shape, Roles, Name>,
  ): Statistic => statisticOf(spec);
}

function statisticOf<
  State,
  Shape extends z.ZodRawShape,
  Roles extends Readonly<Record<string, Role>>,
  Name extends string,
>(spec: StatisticSpec<State, Shape, Roles, Name>): Statistic {
  const { create, version = 1, costly = false, ...described } = spec;
  const numbers = Object.keys(spec.roles).filter((role) => spec.roles[role]!.kind === 'number');
  return {
    ...described,
    version,
    costly,
    begin(given = {}) {
      const parameters = parse(spec.parameters, given);
      const fold = create(parameters as z.output<z.ZodObject<Shape>>);
      // The roles of the spec are the fields of the row: whoever fills it goes by them.
      const problem = (row: StatisticRow) => {
        for (const name of numbers) {
          if (!Number.isFinite(row[name])) return unexpected(name, 'a finite number', row[name]);
        }
        return fold.problem?.(row as RowOf<Roles>);
      };
      if ((fold.merge === undefined) !== (spec.merges === 'never')) {
        throw new TypeError(`${spec.name}: expected a merge unless it merges never`);
      }
      return {
        parameters,
        chosen: chosenOf(spec.parameters, parameters),
        initial: () => fold.initial(),
        problem,
        take(state, row) {
          if (problem(row) !== undefined) return false;
          fold.step(state as State, row as RowOf<Roles>);
          return true;
        },
        step(state, row) {
          const reason = problem(row);
          if (reason !== undefined) throw new RangeError(reason);
          fold.step(state as State, row as RowOf<Roles>);
        },
        read: (state) => fold.read(state as State),
        ...(fold.merge === undefined
          ? {}
          : { merge: (state, other) => fold.merge!(state as State, other as State) }),
      };
    },
  };
}

function chosenOf(schema: z.ZodObject, parameters: Readonly<Record<string, unknown>>) {
  const isDefault = ([name, value]: [string, unknown]) => {
    const { success, data } = (schema.shape[name] as z.ZodType).safeParse(undefined);
    return success && canonicalJson([data ?? null]) === canonicalJson([value ?? null]);
  };
  return Object.fromEntries(Object.entries(parameters).filter((entry) => !isDefault(entry)));
}

/** The sentence about a wrong argument. */
export function unexpected(name: string, expected: string, got: unknown): string {
  const shown = typeof got === 'number' ? String(got) : (JSON.stringify(got) ?? 'nothing');
  return `${name}: expected ${expected}, got ${shown}`;
}

function parse(
  schema: z.ZodObject,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(schema.shape);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new RangeError(`${name}: expected one of the parameters ${names.join(', ') || '(none)'}`);
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const got = path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    given,
  );
  throw new RangeError(unexpected(path.join('.'), message, got));
}

/**
 * The contract of a recommender: a learner over a user and an item of each row, described so that any pipeline can put it on its
 * columns and the reference page can print it.
 *
 * A line in `models/recommenders/registry.ts` makes one available. Outcomes are 0 or 1: the user took the item, or had it on offer
 * and did not. What is learnt depends on the order of rows and never merges: each partition learns from its own users.
 */
import { type Batch, codesOf } from '../../contracts/batch.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { murmur3 } from '../../contracts/hash.ts';
import type { Learner } from '../../contracts/learner.ts';
import { roleColumns } from '../../contracts/roleColumns.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { type Parameter, parametersOf } from '../spec.ts';

/** A string column that a recommender looks at. */
export interface RecommenderRole {
  readonly summary: string;
  /** Column that is taken unless another is named; absent: the role may be left out. */
  readonly column?: string;
}

/** What a recommender has learnt, in its tables. */
export interface OutcomeModel {
  /**
   * Probability that the outcome is 1; makes and touches no row.
   *
   * @param codes in the dictionary of the tables, by role in their order; −1 of a role that was left out, or is absent and may be
   * @param time  event time, ms
   */
  predict(codes: Int32Array, time: number): number;
  /** Learns from the row that was predicted last. @param label 0 or 1 */
  learn(label: number): void;
}

export interface RecommenderOptions {
  /** Names the tables, and what is stored of it; the recommender's own by default. */
  readonly name?: string;
  /** Column of each role, where it is not the role's own. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Absent ones have their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** What an author of a recommender writes. */
export interface RecommenderSpec<Name extends string> {
  /** Lower-case words and hyphens. */
  readonly name: string;
  /** Raise it when a stored state means something else. */
  readonly version: number;
  readonly summary: string;
  /** Authors and year. */
  readonly source: string;
  readonly roles: Readonly<Record<string, RecommenderRole>>;
  readonly parameters: Readonly<Record<Name, Parameter>>;
  /** @param name begins the names of the tables that are made */
  open(tables: StateTables, name: string, values: Readonly<Record<Name, number>>): OutcomeModel;
}

export interface Recommender extends Omit<RecommenderSpec<string>, 'open'> {
  /** Columns whose values a row must have. @throws RangeError for a role that there is not */
  needs(columns?: Readonly<Record<string, string>>): readonly string[];
  /**
   * A learner with its state in `tables`. A stored state of other columns or parameters is refused as that of another version.
   *
   * @throws RangeError when an option is unknown or out of range. `predict` throws one when the batch or the row lacks a column,
   * `learn` when the row is not the one predicted last or the label is neither 0 nor 1
   */
  create(tables: StateTables, options?: RecommenderOptions): Learner;
}

/** Keeps the probability inside (0, 1), and the loss of a wrong prediction finite. */
const probabilityMin = 1e-6;

export function defineRecommender<Name extends string>(spec: RecommenderSpec<Name>): Recommender {
  const { open, ...told } = spec;
  return {
    ...told,
    needs(given) {
      const columns = Object.entries(roleColumns(spec, given));
      return columns.flatMap(([role, column]) =>
        spec.roles[role]!.column === undefined ? [] : [column],
      );
    },
    create(tables, { name = spec.name, columns: given, parameters: values } = {}) {
      const columns = roleColumns(spec, given);
      const parameters = parametersOf<Readonly<Record<Name, number>>>(
        spec.parameters,
        values as Partial<Record<Name, number>>,
      );
      const meaning = meaningOf(spec, columns, parameters);
      const model = open(versioned(tables, meaning.hash), name, parameters);
      return learnerOf(name, meaning.version, model, readerOf(spec, columns));
    },
  };
}

type Told = Pick<RecommenderSpec<string>, 'name' | 'roles' | 'version' | 'parameters'>;

/** What the learnt numbers mean: its hash is the version of the tables, and tells predictions of other columns apart. */
function meaningOf(
  { name, version, roles, parameters }: Told,
  columns: Readonly<Record<string, string>>,
  values: Readonly<Record<string, number>>,
): { readonly hash: number; readonly version: string } {
  const chosen = Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== parameters[key]!.default),
  );
  const moved = Object.fromEntries(
    Object.entries(columns).filter(([role, column]) => column !== roles[role]!.column),
  );
  const text = canonicalJson({ recommender: [name, version], chosen, moved });
  const bytes = new TextEncoder().encode(text);
  const hash = murmur3(bytesOf(bytes), 0, bytes.length, 0);
  const isUsual = Object.keys(chosen).length + Object.keys(moved).length === 0;
  return { hash, version: isUsual ? `${version}` : `${version}-${hash.toString(16)}` };
}

function versioned(tables: StateTables, version: number): StateTables {
  return {
    dictionary: tables.dictionary,
    numbers: (name, options) => tables.numbers(name, { ...options, version }),
    vector: (name, length) => tables.vector(name, length, version),
    objects: (name) => tables.objects(name, version),
    add: (table) => tables.add(table),
  };
}

/** Codes of a row, overwritten by the next. @throws RangeError when a needed one is absent */
type Reader = (batch: Batch, row: number) => Int32Array;

function readerOf(
  { roles }: Pick<Told, 'roles'>,
  columns: Readonly<Record<string, string>>,
): Reader {
  const named = Object.entries(roles).map(([role, { column: own }]) => ({
    column: columns[role],
    isNeeded: own !== undefined,
  }));
  const codes = new Int32Array(named.length);
  return (batch, row) => {
    for (let i = 0; i < named.length; i += 1) {
      const { column, isNeeded } = named[i]!;
      const code = column === undefined ? -1 : codesOf(batch, column)[row]!;
      if (isNeeded && code < 0) throw new RangeError(`${column}: expected a text, got none`);
      codes[i] = code;
    }
    return codes;
  };
}

function learnerOf(name: string, version: string, model: OutcomeModel, read: Reader): Learner {
  let predictedBatch: Batch | undefined;
  let predictedRow = -1;
  return {
    name,
    version,
    predict(batch, row) {
      const times = batch.numbers.get('time')!;
      const probability = model.predict(read(batch, row), times[row]!);
      predictedBatch = batch;
      predictedRow = row;
      return Math.min(Math.max(probability, probabilityMin), 1 - probabilityMin);
    },
    learn(batch, row, label) {
      if (batch !== predictedBatch || row !== predictedRow) {
        throw new RangeError(`row: expected ${predictedRow}, the last predicted, got ${row}`);
      }
      if (label !== 0 && label !== 1) throw new RangeError(`label: expected 0 or 1, got ${label}`);
      predictedRow = -1;
      model.learn(label);
    },
  };
}
